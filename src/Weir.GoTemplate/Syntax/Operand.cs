using Weir.Values;

namespace Weir.GoTemplate.Syntax;

/// <summary>An expression: what commands are made of.</summary>
internal abstract class Operand(ParsedText source, int position) : Node(source, position)
{
    /// <summary>
    /// Evaluates this as the first word of a command, whose further words are its arguments.
    /// </summary>
    /// <param name="execution">The state.</param>
    /// <param name="command">The command.</param>
    /// <param name="hasFinal">Whether a value came through the pipe, which becomes the last argument.</param>
    /// <param name="final">That value.</param>
    public abstract Value? EvaluateCommand(Execution execution, Command command, bool hasFinal, Value? final);

    /// <summary>Evaluates this as an argument for a parameter of a type; <see langword="null"/> takes any value as it is.</summary>
    public abstract Value? EvaluateArgument(Execution execution, ReflectType? type);

    /// <summary>Refuses arguments. False when there were some.</summary>
    protected static bool TakesNoArguments(Execution execution, Command command, bool hasFinal)
    {
        if (command.Words.Length <= 1 && !hasFinal)
        {
            return true;
        }

        execution.Fail($"can't give argument to non-function {command.Words[0]}");
        return false;
    }
}
