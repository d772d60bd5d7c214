using Weir.Values;

namespace Weir.GoTemplate.Syntax;

/// <summary><c>.A.B</c>: fields of dot.</summary>
internal sealed class Field(ParsedText source, int position, string[] names) : Operand(source, position)
{
    public string[] Names { get; } = names;

    public override Value? EvaluateCommand(Execution execution, Command command, bool hasFinal, Value? final)
    {
        execution.At = this;
        return FieldAccess.Follow(execution, this, execution.Dot, Names, command.Words, hasFinal, final);
    }

    public override Value? EvaluateArgument(Execution execution, ReflectType? type)
    {
        execution.At = this;
        var value = FieldAccess.Follow(execution, this, execution.Dot, Names, [], hasFinal: false, null);
        return execution.HasFailed ? null : Parameters.Validate(execution, value, type);
    }

    public override void WriteTo(SyntaxWriter writer)
    {
        foreach (var name in Names)
        {
            writer.Word(".");
            writer.Word(name);
        }
    }
}
