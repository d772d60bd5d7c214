using Weir.ApiServer.Resources;
using Weir.ApiServer.Storage;

namespace Weir.ApiServer.Reading;

/// <summary>Which objects a list or watch is about: labels and fields.</summary>
internal sealed class ObjectSelector
{
    private readonly (string Key, string Value)[] _labels;
    private readonly string? _name;

    private ObjectSelector((string Key, string Value)[] labels, string? name)
    {
        _labels = labels;
        _name = name;
    }

    public bool IsEverything => _labels.Length == 0 && _name is null;

    public static ObjectSelector Parse(ServedResource resource, string labels, string fields)
    {
        _ = resource;
        var pairs = labels.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)).Select(p => (p[0], p.Length > 1 ? p[1].TrimStart('=') : "")).ToArray();
        var name = fields.StartsWith("metadata.name=", StringComparison.Ordinal) ? fields["metadata.name=".Length..] : null;
        return new(pairs, name);
    }

    public bool Matches(StoredObject stored)
    {
        foreach (var (key, value) in _labels)
        {
            if (stored.Label(key) != value)
            {
                return false;
            }
        }

        return _name is null || stored.Name == _name;
    }
}
