using Weir.Values;

namespace Weir.GoTemplate;

/// <summary>An invalid <c>reflect.Value</c> as an argument: what only Go's own functions tell from a nil interface.</summary>
internal sealed class NoValue : GoObject
{
    public static NoValue Instance { get; } = new();

    public override ReflectType Type => ReflectType.ReflectValue;

    public override bool IsNil => true;
}
