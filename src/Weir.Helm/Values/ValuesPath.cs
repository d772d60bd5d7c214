using Weir.Values;

namespace Weir.Helm;

/// <summary>Finds values by a path of keys joined with dots.</summary>
internal static class ValuesPath
{
    /// <summary>The map at a path; <see langword="null"/> when a step is absent or no map.</summary>
    public static MapValue? Table(MapValue values, string path)
    {
        var table = values;
        foreach (var key in path.Split('.'))
        {
            if (table[key] is not MapValue next)
            {
                return null;
            }

            table = next;
        }

        return table;
    }

    /// <summary>The value at a path that is no map; <see langword="null"/> when there is none.</summary>
    public static Value? Scalar(MapValue values, string path)
    {
        var dot = path.LastIndexOf('.');
        var table = dot < 0 ? values : Table(values, path[..dot]);
        return table?[path[(dot + 1)..]] is { } value and not MapValue ? value : null;
    }
}
