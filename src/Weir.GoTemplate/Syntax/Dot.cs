using Weir.Values;

namespace Weir.GoTemplate.Syntax;

/// <summary><c>.</c>: the value that the enclosing block is about.</summary>
internal sealed class Dot(ParsedText source, int position) : Operand(source, position)
{
    public override Value? EvaluateCommand(Execution execution, Command command, bool hasFinal, Value? final)
    {
        execution.At = this;
        return TakesNoArguments(execution, command, hasFinal) ? execution.Dot.Value : null;
    }

    public override Value? EvaluateArgument(Execution execution, ReflectType? type)
    {
        execution.At = this;
        return Parameters.Validate(execution, execution.Dot.Value, type);
    }

    public override void WriteTo(SyntaxWriter writer) => writer.Word(".");
}
