namespace Weir.EndToEnd.Tests.Chaos;

/// <summary>The chances of one run, from its seed. Requests ask from many threads.</summary>
internal sealed class ChaosDice(int seed)
{
    private readonly Random _random = new(seed);
    private readonly Lock _lock = new();

    /// <summary>How probable it is that a request is disturbed; 0 in calm times.</summary>
    public double Rate { get; set; }

    /// <summary>How many requests were disturbed.</summary>
    public int Disturbed { get; private set; }

    public int Next(int least, int below)
    {
        lock (_lock)
        {
            return _random.Next(least, below);
        }
    }

    /// <summary>How many requests there were.</summary>
    public int Asked { get; private set; }

    /// <summary>One of the kinds of disturbance, or none.</summary>
    public int Disturbance(int kinds)
    {
        lock (_lock)
        {
            Asked++;
            if (_random.NextDouble() >= Rate)
            {
                return -1;
            }

            Disturbed++;
            return _random.Next(kinds);
        }
    }
}
