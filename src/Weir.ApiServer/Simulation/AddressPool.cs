using System.Globalization;

namespace Weir.ApiServer.Simulation;

/// <summary>Hands out IPv4 addresses of one shape, none twice while it is in use.</summary>
internal sealed class AddressPool(string shape)
{
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly bool _isWide = shape.Contains("{0}", StringComparison.Ordinal);
    private int _next;
    private bool _isLoaded;

    public string Take(Func<IEnumerable<string>> inUse)
    {
        if (!_isLoaded)
        {
            _used.UnionWith(inUse());
            _isLoaded = true;
        }

        var size = _isWide ? 65_000 : 150;
        for (var turn = 0; ; turn++)
        {
            if (turn == size)
            {
                // All have been given once: those of objects that are gone come back, and a small pool repeats itself.
                _used.Clear();
                _used.UnionWith(inUse());
                if (_used.Count >= size)
                {
                    _used.Clear();
                }
            }

            var number = _next++ % size;
            var address = string.Format(CultureInfo.InvariantCulture, shape, number / 250, _isWide ? (number % 250) + 2 : number + 100);
            if (_used.Add(address))
            {
                return address;
            }
        }
    }
}
