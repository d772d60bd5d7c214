using Weir.Values;

namespace Weir.GoTemplate.Syntax;

/// <summary>A string in double quotes or back quotes.</summary>
internal sealed class StringLiteral(ParsedText source, int position, string quoted, string value) : Literal(source, position, quoted)
{
    private readonly StringValue _value = new(value);

    public string Content => value;

    protected override Value? Ideal(Execution execution) => _value;

    protected override Value? As(ReflectType type) => type.Kind == ReflectKind.String ? _value : null;
}
