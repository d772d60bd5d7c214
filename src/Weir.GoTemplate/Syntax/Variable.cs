using Weir.Values;

namespace Weir.GoTemplate.Syntax;

/// <summary><c>$x</c> or <c>$x.A.B</c>.</summary>
internal sealed class Variable(ParsedText source, int position, VariableTarget target, string[] names) : Operand(source, position)
{
    public string[] Names { get; } = names;

    public VariableTarget Target { get; } = target;

    public override Value? EvaluateCommand(Execution execution, Command command, bool hasFinal, Value? final)
    {
        execution.At = this;
        if (!execution.TryGetVariable(Target, out var value))
        {
            return null;
        }

        if (Names.Length == 0)
        {
            return TakesNoArguments(execution, command, hasFinal) ? value.Value : null;
        }

        return FieldAccess.Follow(execution, this, value, Names, command.Words, hasFinal, final);
    }

    public override Value? EvaluateArgument(Execution execution, ReflectType? type)
    {
        execution.At = this;
        if (!execution.TryGetVariable(Target, out var variable))
        {
            return null;
        }

        var value = Names.Length == 0
            ? variable.Value
            : FieldAccess.Follow(execution, this, variable, Names, [], hasFinal: false, null);
        return execution.HasFailed ? null : Parameters.Validate(execution, value, type);
    }

    public override void WriteTo(SyntaxWriter writer)
    {
        writer.Word(Target.Name);
        foreach (var name in Names)
        {
            writer.Word(".");
            writer.Word(name);
        }
    }
}
