using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Values as Go's <c>%v</c> prints them in Kubernetes' messages.</summary>
internal static class GoText
{
    public static string Of(Value? value) => value switch
    {
        null or NullValue => "<nil>",
        MapValue map => $"map[{string.Join(' ', map.OrderBy(e => e.Key, GoString.Comparer).Select(e => $"{e.Key}:{Of(e.Value)}"))}]",
        ListValue list => $"[{string.Join(' ', list.Select(Of))}]",
        StringValue s => s.Value,
        BoolValue b => b.Value ? "true" : "false",
        FloatValue f => GoFloat.Format(f.Value, 'g', -1),
        _ => value.ToString()!,
    };
}
