using System.Globalization;
using Weir.Kubernetes;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Controllers;

/// <summary>The last lines of what Helm's client logs during an action; events of failures end with them.</summary>
internal sealed class HelmLog(TimeProvider time)
{
    private const int Longest = 10;

    private readonly Lock _lock = new();
    private readonly Queue<string> _lines = new();

    public void Clear()
    {
        lock (_lock)
        {
            _lines.Clear();
        }
    }

    public void Add(string text, MapValue? fields = null)
    {
        var stamp = time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);
        var line = $"{stamp}: {text}: {JsonWriter.Write(fields ?? [])}";
        lock (_lock)
        {
            if (_lines.Count == Longest)
            {
                _lines.Dequeue();
            }

            _lines.Enqueue(line);
        }
    }

    /// <summary>A line about an object, with an error when there was one; Go's errors have no fields and show as an empty object.</summary>
    public void Add(string text, ReleaseObject item, bool isError = false)
    {
        var kind = item.Kind;
        var fields = new MapValue
        {
            ["gvk"] = $"{kind.Group}/{kind.Version}, Kind={kind.Kind}",
            ["name"] = item.Value.Name(),
            ["namespace"] = item.Value.Namespace(),
        };
        if (isError)
        {
            fields["error"] = new MapValue();
        }

        Add(text, fields);
    }

    /// <summary>A message with the log behind it.</summary>
    public string Append(string message)
    {
        lock (_lock)
        {
            return _lines.Count == 0 ? message : $"{message}\n\nLast Helm logs:\n\n{string.Join('\n', _lines)}";
        }
    }
}
