using Weir.Values;

namespace Weir.GoTemplate.Syntax;

/// <summary><c>nil</c>: an argument only, never a command.</summary>
internal sealed class NilLiteral(ParsedText source, int position) : Operand(source, position)
{
    public override Value? EvaluateCommand(Execution execution, Command command, bool hasFinal, Value? final)
    {
        execution.At = this;
        return TakesNoArguments(execution, command, hasFinal) ? execution.Fail("nil is not a command") : null;
    }

    public override Value? EvaluateArgument(Execution execution, ReflectType? type)
    {
        execution.At = this;
        return type is null || type.CanBeNil
            ? Parameters.Zero(type ?? ReflectType.Any)
            : execution.Fail($"cannot assign nil to {type.Name}");
    }

    public override void WriteTo(SyntaxWriter writer) => writer.Word("nil");
}
