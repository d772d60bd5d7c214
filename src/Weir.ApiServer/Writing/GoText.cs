using Weir.Values;

namespace Weir.ApiServer.Writing;

/// <summary>Values as Go's <c>%v</c> prints them in some messages: <c>map[a:1]</c>.</summary>
internal static class GoText
{
    public static string Map(Value value) => value switch
    {
        MapValue map => $"map[{string.Join(' ', map.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"{e.Key}:{Map(e.Value)}"))}]",
        ListValue list => $"[{string.Join(' ', list.Select(Map))}]",
        NullValue => "<nil>",
        _ => value.ToString() ?? "",
    };
}
