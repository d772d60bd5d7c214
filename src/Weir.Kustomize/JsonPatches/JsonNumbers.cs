using Weir.Kustomize.Nodes;
using Weir.Values;

namespace Weir.Kustomize.JsonPatches;

/// <summary>
/// What an object's numbers become on the way through Go's <c>map[string]any</c>: floats, which large integers show
/// when they are copied as text.
/// </summary>
internal static class JsonNumbers
{
    private const long Exact = 1_000_000;

    /// <summary>Rewrites the numbers below a value in place.</summary>
    public static void Rewrite(Value root)
    {
        switch (root)
        {
            case MapValue map:
                for (var i = 0; i < map.Count; i++)
                {
                    var (key, value) = map.EntryAt(i);
                    if (Rewritten(value) is { } changed)
                    {
                        map[key] = changed;
                    }
                }

                break;
            case ListValue list:
                for (var i = 0; i < list.Count; i++)
                {
                    if (Rewritten(list[i]) is { } changed)
                    {
                        list[i] = changed;
                    }
                }

                break;
        }
    }

    private static Value? Rewritten(Value value)
    {
        switch (value)
        {
            case IntValue { IsUnsigned: false, Value: > -Exact and < Exact }:
                return null;
            case IntValue number:
                var wide = number.IsUnsigned ? number.UnsignedValue : (double)number.Value;
                return new WrittenScalar(GoFloat.Format(wide, 'g', -1), ScalarTag.Float);
            case FloatValue number:
                return new WrittenScalar(GoFloat.Format(number.Value, 'g', -1), ScalarTag.Float);
            default:
                Rewrite(value);
                return null;
        }
    }
}
