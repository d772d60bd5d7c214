using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>How deep values may nest: far deeper than any object, and shallow enough for everything that walks them.</summary>
public static class Nesting
{
    /// <summary>The deepest that an API server takes.</summary>
    public const int Max = 1_000;

    /// <summary>The depth of a value, at most <paramref name="limit"/> + 1; a scalar has none.</summary>
    public static int Depth(Value? value, int limit = Max)
    {
        if (limit < 0)
        {
            return 0;
        }

        var depth = 0;
        switch (value)
        {
            case MapValue map:
                foreach (var (_, item) in map)
                {
                    depth = Math.Max(depth, Depth(item, limit - 1));
                }

                return depth + 1;
            case ListValue list:
                foreach (var item in list)
                {
                    depth = Math.Max(depth, Depth(item, limit - 1));
                }

                return depth + 1;
            default:
                return 0;
        }
    }
}
