using Weir.Values;

namespace Weir.GoTemplate.Syntax;

/// <summary>Commands that hand their value on, and the variables that keep the last one.</summary>
internal sealed class Pipeline(ParsedText source, int position, VariableTarget[] variables, bool assigns, Command[] commands)
    : Operand(source, position)
{
    public VariableTarget[] Variables { get; } = variables;

    public IReadOnlyList<Command> Commands => commands;

    /// <summary>The variables were declared before and are assigned.</summary>
    public bool Assigns { get; } = assigns;

    public Value? Evaluate(Execution execution)
    {
        execution.At = this;
        var value = commands[0].Evaluate(execution, hasFinal: false, null);
        for (var i = 1; i < commands.Length && !execution.HasFailed; i++)
        {
            value = commands[i].Evaluate(execution, hasFinal: true, value is NullValue ? null : value);
        }

        if (execution.HasFailed)
        {
            return null;
        }

        if (value is NullValue)
        {
            value = null;
        }

        foreach (var variable in Variables)
        {
            if (!execution.SetVariable(variable, new Located(value, IsInterface: false)))
            {
                return null;
            }
        }

        return value;
    }

    public override Value? EvaluateCommand(Execution execution, Command command, bool hasFinal, Value? final)
    {
        if (!TakesNoArguments(execution, command, hasFinal) || !execution.EnsureStack())
        {
            return null;
        }

        return Evaluate(execution);
    }

    public override Value? EvaluateArgument(Execution execution, ReflectType? type)
    {
        execution.At = this;
        if (!execution.EnsureStack())
        {
            return null;
        }

        var value = Evaluate(execution);
        return execution.HasFailed ? null : Parameters.Validate(execution, value, type);
    }

    public override void WriteTo(SyntaxWriter writer)
    {
        for (var i = 0; i < Variables.Length; i++)
        {
            writer.Word(i > 0 ? ", " : "");
            writer.Word(Variables[i].Name);
        }

        if (Variables.Length > 0)
        {
            writer.Word(Assigns ? " = " : " := ");
        }

        for (var i = 0; i < commands.Length; i++)
        {
            writer.Word(i > 0 ? " | " : "");
            commands[i].WriteTo(writer);
        }
    }
}
