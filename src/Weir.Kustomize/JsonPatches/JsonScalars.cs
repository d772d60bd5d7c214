using Weir.Kustomize.Nodes;
using Weir.Values;

namespace Weir.Kustomize.JsonPatches;

/// <summary>
/// What an object becomes on the way through Go's <c>map[string]any</c>: numbers are floats, which large integers show
/// when they are copied as text, and strings stand in quotes only where they must.
/// </summary>
internal static class JsonScalars
{
    private const long Exact = 1_000_000;

    /// <summary>Rewrites the scalars below a value in place.</summary>
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
            case StringValue text when text.IsQuoted != NodeText.Quotes(text.Value):
                return new StringValue(text.Value) { Span = text.Span, IsQuoted = !text.IsQuoted };
            default:
                Rewrite(value);
                return null;
        }
    }
}
