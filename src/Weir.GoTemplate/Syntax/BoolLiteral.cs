using Weir.Values;

namespace Weir.GoTemplate.Syntax;

/// <summary><c>true</c> or <c>false</c>.</summary>
internal sealed class BoolLiteral(ParsedText source, int position, bool value)
    : Literal(source, position, value ? "true" : "false")
{
    private readonly BoolValue _value = BoolValue.Of(value);

    public bool IsTrue => value;

    protected override Value? Ideal(Execution execution) => _value;

    protected override Value? As(ReflectType type) => type.Kind == ReflectKind.Bool ? _value : null;
}
