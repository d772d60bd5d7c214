using Weir.GoTemplate.Formatting;
using Weir.Values;

namespace Weir.GoTemplate;

/// <summary>The builtins that compare: basic kinds only, and no kind with another but signed with unsigned integers.</summary>
internal static class Comparison
{
    private const string BadType = "invalid type for comparison";

    private enum Basic
    {
        None,
        Bool,
        Complex,
        Int,
        Float,
        String,
        UInt,
    }

    public static Value? Equal(CallContext context, Arguments arguments)
    {
        if (arguments.Count == 1)
        {
            return context.Fail("missing argument for comparison");
        }

        for (var i = 1; i < arguments.Count; i++)
        {
            var equal = AreEqual(arguments[0], arguments[i], out var error);
            if (error is not null)
            {
                return context.Fail(error);
            }

            if (equal)
            {
                return BoolValue.True;
            }
        }

        return BoolValue.False;
    }

    public static Value? NotEqual(CallContext context, Arguments arguments)
    {
        var equal = AreEqual(arguments[0], arguments[1], out var error);
        return error is null ? BoolValue.Of(!equal) : context.Fail(error);
    }

    public static Value? Less(CallContext context, Arguments arguments)
    {
        var less = IsLess(arguments[0], arguments[1], out var error);
        return error is null ? BoolValue.Of(less) : context.Fail(error);
    }

    public static Value? GreaterOrEqual(CallContext context, Arguments arguments)
    {
        var less = IsLess(arguments[0], arguments[1], out var error);
        return error is null ? BoolValue.Of(!less) : context.Fail(error);
    }

    public static Value? LessOrEqual(CallContext context, Arguments arguments)
    {
        var result = IsLessOrEqual(arguments[0], arguments[1], out var error);
        return error is null ? BoolValue.Of(result) : context.Fail(error);
    }

    public static Value? Greater(CallContext context, Arguments arguments)
    {
        var result = IsLessOrEqual(arguments[0], arguments[1], out var error);
        return error is null ? BoolValue.Of(!result) : context.Fail(error);
    }

    private static bool IsLessOrEqual(Value left, Value right, out string? error)
    {
        var less = IsLess(left, right, out error);
        return less || (error is null && AreEqual(left, right, out error));
    }

    private static bool AreEqual(Value first, Value second, out string? error)
    {
        error = null;
        var (left, right) = (BuiltinFunctions.Valid(first), BuiltinFunctions.Valid(second));
        var (leftKind, leftValue) = Classify(left);
        var (rightKind, rightValue) = Classify(right);
        if (leftKind != rightKind)
        {
            return (leftKind, rightKind) switch
            {
                (Basic.Int, Basic.UInt) or (Basic.UInt, Basic.Int) => SameAcrossSign((IntValue)leftValue!, (IntValue)rightValue!),
                _ when left is null || right is null => false,
                _ => Refuse($"incompatible types for comparison: {TypeName(left)} and {TypeName(right)}", out error),
            };
        }

        return leftKind switch
        {
            Basic.Bool => ((BoolValue)leftValue!).Value == ((BoolValue)rightValue!).Value,
            Basic.Int or Basic.UInt => ((IntValue)leftValue!).Value == ((IntValue)rightValue!).Value,
            Basic.Float => ((FloatValue)leftValue!).Value == ((FloatValue)rightValue!).Value,
            Basic.String => string.Equals(((StringValue)leftValue!).Value, ((StringValue)rightValue!).Value, StringComparison.Ordinal),
            Basic.Complex => ((GoComplex)leftValue!).Value == ((GoComplex)rightValue!).Value,
            _ => AreOthersEqual(left, right, out error),
        };
    }

    /// <summary>Two values of no basic kind: comparable when one is nil or Go's <c>==</c> takes the type.</summary>
    private static bool AreOthersEqual(Value? left, Value? right, out string? error)
    {
        error = null;
        if (left is not null && right is not null && ReflectType.Of(left)?.Kind != ReflectType.Of(right)?.Kind)
        {
            return Refuse(
                $"non-comparable types {GoFormat.ToText(left)}: {TypeName(left)}, {TypeName(right)}: {GoFormat.ToText(right)}",
                out error);
        }

        if (IsNil(left) || IsNil(right))
        {
            return IsNil(left) == IsNil(right);
        }

        if (right is ListValue or MapValue or GoMap or GoObject { IsComparable: false })
        {
            return Refuse($"non-comparable type {GoFormat.ToText(right)}: {TypeName(right)}", out error);
        }

        return left!.Equals(right);
    }

    private static bool IsLess(Value first, Value second, out string? error)
    {
        error = null;
        var (left, right) = (BuiltinFunctions.Valid(first), BuiltinFunctions.Valid(second));
        var (leftKind, leftValue) = Classify(left);
        var (rightKind, rightValue) = Classify(right);
        if (leftKind == Basic.None || rightKind == Basic.None)
        {
            return Refuse(BadType, out error);
        }

        if (leftKind != rightKind)
        {
            return (leftKind, rightKind) switch
            {
                (Basic.Int, Basic.UInt) => ((IntValue)leftValue!).Value < 0
                    || ((IntValue)leftValue).UnsignedValue < ((IntValue)rightValue!).UnsignedValue,
                (Basic.UInt, Basic.Int) => ((IntValue)rightValue!).Value >= 0
                    && ((IntValue)leftValue!).UnsignedValue < ((IntValue)rightValue).UnsignedValue,
                _ => Refuse($"incompatible types for comparison: {TypeName(left)} and {TypeName(right)}", out error),
            };
        }

        return leftKind switch
        {
            Basic.Int => ((IntValue)leftValue!).Value < ((IntValue)rightValue!).Value,
            Basic.UInt => ((IntValue)leftValue!).UnsignedValue < ((IntValue)rightValue!).UnsignedValue,
            Basic.Float => ((FloatValue)leftValue!).Value < ((FloatValue)rightValue!).Value,
            Basic.String => GoString.Compare(((StringValue)leftValue!).Value, ((StringValue)rightValue!).Value) < 0,
            _ => Refuse(BadType, out error),
        };
    }

    private static (Basic Kind, Value? Value) Classify(Value? value) => value switch
    {
        StringValue => (Basic.String, value),
        BoolValue => (Basic.Bool, value),
        IntValue { IsUnsigned: true } => (Basic.UInt, value),
        IntValue => (Basic.Int, value),
        FloatValue => (Basic.Float, value),
        GoComplex => (Basic.Complex, value),
        GoObject { Underlying: StringValue or BoolValue or IntValue or FloatValue } o => Classify(o.Underlying),
        _ => (Basic.None, value),
    };

    private static bool SameAcrossSign(IntValue left, IntValue right) =>
        left.Value == right.Value && left.Value >= 0;

    private static bool IsNil(Value? value) => value is null or GoObject { IsNil: true };

    private static string TypeName(Value? value) => GoFormat.TypeName(value);

    private static bool Refuse(string message, out string? error)
    {
        error = message;
        return false;
    }
}
