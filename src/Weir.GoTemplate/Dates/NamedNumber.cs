using Weir.Values;

namespace Weir.GoTemplate;

/// <summary>A number of a declared type that prints as a word, such as <c>time.Month</c>.</summary>
internal sealed class NamedNumber(ReflectType type, int number, string text) : GoObject
{
    public override ReflectType Type { get; } = type;

    public override Value Underlying { get; } = new IntValue(number, IntegerType.Int);

    public override string ToText() => text;

    public override TemplateFunction? GetMethod(string name) =>
        name == "String" ? new TemplateFunction(name, "func() string", (_, _) => text) : null;

    public override bool Equals(Value? other) => other is NamedNumber n && ReferenceEquals(n.Type, Type) && n.Underlying.Equals(Underlying);

    public override int GetHashCode() => Underlying.GetHashCode();
}
