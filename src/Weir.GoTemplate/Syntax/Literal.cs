using Weir.Values;

namespace Weir.GoTemplate.Syntax;

/// <summary>A constant written in the text.</summary>
internal abstract class Literal(ParsedText source, int position, string text) : Operand(source, position)
{
    /// <summary>The constant as it stands in the text.</summary>
    public string Text { get; } = text;

    /// <summary>The value where no type is asked for; fails when it has none.</summary>
    protected abstract Value? Ideal(Execution execution);

    /// <summary>The value as one of this type, or <see langword="null"/> when it cannot be.</summary>
    protected abstract Value? As(ReflectType type);

    public override Value? EvaluateCommand(Execution execution, Command command, bool hasFinal, Value? final)
    {
        execution.At = this;
        return TakesNoArguments(execution, command, hasFinal) ? Ideal(execution) : null;
    }

    public override Value? EvaluateArgument(Execution execution, ReflectType? type)
    {
        execution.At = this;
        if (type is null || ReferenceEquals(type, ReflectType.Any) || ReferenceEquals(type, ReflectType.ReflectValue))
        {
            return Ideal(execution);
        }

        return As(type) ?? execution.Fail(Refusal(type));
    }

    public sealed override void WriteTo(SyntaxWriter writer) => writer.Word(Text);

    private string Refusal(ReflectType type) => type.Kind switch
    {
        ReflectKind.Bool => $"expected bool; found {Text}",
        ReflectKind.String => $"expected string; found {Text}",
        ReflectKind.Complex64 or ReflectKind.Complex128 => $"expected complex; found {Text}",
        ReflectKind.Float32 or ReflectKind.Float64 => $"expected float; found {Text}",
        >= ReflectKind.Int and <= ReflectKind.Int64 => $"expected integer; found {Text}",
        >= ReflectKind.UInt and <= ReflectKind.UIntPtr => $"expected unsigned integer; found {Text}",
        _ => $"can't handle {Text} for arg of type {type.Name}",
    };
}
