using Weir.Values;

namespace Weir.GoTemplate.Syntax;

/// <summary>The name of a function, which was looked up when the text was parsed.</summary>
internal sealed class FunctionName(ParsedText source, int position, string name, TemplateFunction? function) : Operand(source, position)
{
    public string Name => name;

    public override Value? EvaluateCommand(Execution execution, Command command, bool hasFinal, Value? final) =>
        Call(execution, command, command.Words, hasFinal, final);

    public override Value? EvaluateArgument(Execution execution, ReflectType? type)
    {
        execution.At = this;
        var value = Call(execution, this, [], hasFinal: false, null);
        return execution.HasFailed ? null : Parameters.Validate(execution, value, type);
    }

    public override void WriteTo(SyntaxWriter writer) => writer.Word(name);

    private Value? Call(Execution execution, Node node, Operand[] words, bool hasFinal, Value? final)
    {
        execution.At = this;
        return function is null
            ? execution.Fail($"{GoQuote.Quote(name)} is not a defined function")
            : Calls.Invoke(execution, function, node, name, words, hasFinal, final);
    }
}
