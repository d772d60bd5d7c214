namespace Weir.Cel.Syntax;

/// <summary>
/// What macros over lists and maps become: the accumulator starts with a value, and while the condition holds, a step changes it
/// for each item. With two variables they are index and item, or key and value.
/// </summary>
internal sealed class FoldNode(int position) : CelNode(position)
{
    /// <summary>No expression can name it.</summary>
    public const string HiddenAccumulator = "@result";

    public const string OldAccumulator = "__result__";

    public required CelNode Range { get; init; }

    public required string Variable { get; init; }

    public string? SecondVariable { get; init; }

    public string Accumulator { get; init; } = HiddenAccumulator;

    public required CelNode Init { get; init; }

    public required CelNode Condition { get; init; }

    public required CelNode Step { get; init; }

    public required CelNode Result { get; init; }

    /// <summary>True when it only names a value: there is nothing to walk.</summary>
    public bool IsBinding => Range is ListNode { Items.Count: 0 } && Condition is LiteralNode { Value: Weir.Values.BoolValue { Value: false } }
        && Accumulator != OldAccumulator;

    public override CelNode Copy() => new FoldNode(Position)
    {
        Range = Range.Copy(),
        Variable = Variable,
        SecondVariable = SecondVariable,
        Accumulator = Accumulator,
        Init = Init.Copy(),
        Condition = Condition.Copy(),
        Step = Step.Copy(),
        Result = Result.Copy(),
    };
}
