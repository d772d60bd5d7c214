using Weir.Values;

namespace Weir.Cel.Data;

/// <summary>The order of values that have one.</summary>
internal static class Ordering
{
    private static readonly CelError NotANumber = new("NaN values cannot be ordered");

    /// <summary>Whether values of this kind have an order.</summary>
    public static bool HasOrder(Value value) =>
        value is IntValue or FloatValue or StringValue or BoolValue or CelBytes or CelTimestamp or CelDuration;

    /// <summary>Less than, equal to or more than zero; <see langword="null"/> when the two have no order.</summary>
    public static int? Compare(Value left, Value right) => (left, right) switch
    {
        (IntValue { IsUnsigned: false } a, IntValue { IsUnsigned: false } b) => a.Value.CompareTo(b.Value),
        (IntValue a, IntValue b) => Wide(a).CompareTo(Wide(b)),
        (IntValue a, FloatValue b) => double.IsNaN(b.Value) ? null : CompareWide(a, b.Value),
        (FloatValue a, IntValue b) => double.IsNaN(a.Value) ? null : -CompareWide(b, a.Value),
        (FloatValue a, FloatValue b) => double.IsNaN(a.Value) || double.IsNaN(b.Value) ? null : a.Value.CompareTo(b.Value),
        (StringValue a, StringValue b) => GoString.Compare(a.Value, b.Value),
        (BoolValue a, BoolValue b) => a.Value.CompareTo(b.Value),
        (CelBytes a, CelBytes b) => a.Value.Span.SequenceCompareTo(b.Value.Span),
        (CelTimestamp a, CelTimestamp b) => (a.Seconds, a.Nanoseconds).CompareTo((b.Seconds, b.Nanoseconds)),
        (CelDuration a, CelDuration b) => a.Nanoseconds.CompareTo(b.Nanoseconds),
        _ => null,
    };

    /// <summary>Why two values have no order.</summary>
    public static CelError Failure(Value left, Value right) =>
        left is CelError a ? a
        : right is CelError b ? b
        : left is FloatValue { Value: double.NaN } || (left is IntValue or FloatValue && right is FloatValue { Value: double.NaN }) ? NotANumber
        : CelError.NoSuchOverload;

    private static Int128 Wide(IntValue value) => value.IsUnsigned ? value.UnsignedValue : value.Value;

    // cel-go compares whole numbers with fractions as doubles once both are in range.
    private static int CompareWide(IntValue left, double right)
    {
        if (left.IsUnsigned)
        {
            return right < 0 ? 1 : right > ulong.MaxValue ? -1 : ((double)left.UnsignedValue).CompareTo(right);
        }

        return right < long.MinValue ? 1 : right > long.MaxValue ? -1 : ((double)left.Value).CompareTo(right);
    }
}
