using Weir.GoTemplate;
using Weir.Values;

namespace Weir.Helm;

/// <summary>What <c>encoding/json</c> makes of a struct's fields.</summary>
internal static class StructPlain
{
    public static MapValue Of(IEnumerable<KeyValuePair<string, Value>> fields, Func<string, string>? jsonName = null)
    {
        var map = new MapValue();
        foreach (var (name, value) in fields)
        {
            map[jsonName is null ? name : jsonName(name)] = value is GoObject inner ? inner.ToPlain() ?? NullValue.Instance : value;
        }

        return map;
    }
}
