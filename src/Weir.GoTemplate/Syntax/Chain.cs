using Weir.Values;

namespace Weir.GoTemplate.Syntax;

/// <summary><c>(pipeline).A.B</c>: fields of what an expression yields.</summary>
internal sealed class Chain(ParsedText source, int position, Operand target, string[] names) : Operand(source, position)
{
    public Operand Target => target;

    public IReadOnlyList<string> Names => names;

    public override Value? EvaluateCommand(Execution execution, Command command, bool hasFinal, Value? final) =>
        Evaluate(execution, command.Words, hasFinal, final);

    public override Value? EvaluateArgument(Execution execution, ReflectType? type)
    {
        var value = Evaluate(execution, [], hasFinal: false, null);
        return execution.HasFailed ? null : Parameters.Validate(execution, value, type);
    }

    public override void WriteTo(SyntaxWriter writer)
    {
        writer.Operand(target);
        foreach (var name in names)
        {
            writer.Word(".");
            writer.Word(name);
        }
    }

    private Value? Evaluate(Execution execution, Operand[] words, bool hasFinal, Value? final)
    {
        execution.At = this;
        if (target is NilLiteral)
        {
            return execution.Fail($"indirection through explicit nil in {this}");
        }

        var value = target.EvaluateArgument(execution, null);
        return execution.HasFailed
            ? null
            : FieldAccess.Follow(execution, this, new Located(value, value is NullValue), names, words, hasFinal, final);
    }
}
