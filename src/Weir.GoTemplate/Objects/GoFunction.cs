using Weir.Values;

namespace Weir.GoTemplate;

/// <summary>A Go function as a value: what a field of function type holds and <c>call</c> calls.</summary>
public sealed class GoFunction(TemplateFunction function) : GoObject
{
    public TemplateFunction Function { get; } = function;

    public override ReflectType Type { get; } = ReflectType.FuncOf(function.Signature);

    public override Value? ToPlain() => null;
}
