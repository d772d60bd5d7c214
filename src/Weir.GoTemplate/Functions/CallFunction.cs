using System.Globalization;
using Weir.GoTemplate.Formatting;
using Weir.Values;

namespace Weir.GoTemplate;

/// <summary>The builtin <c>call</c>: calls a function that is a value.</summary>
internal static class CallFunction
{
    public static Value? Call(CallContext context, Arguments arguments)
    {
        var name = context.Callee ?? "";
        var callee = BuiltinFunctions.Valid(arguments[0]);
        if (callee is null)
        {
            return context.Fail("call of nil");
        }

        if (callee is not GoFunction function)
        {
            return context.Fail($"non-function {name} of type {GoFormat.TypeName(callee)}");
        }

        var signature = function.Function.Signature;
        if (signature.Refusal(name) is { } refusal)
        {
            return context.Fail(refusal);
        }

        var count = arguments.Count - 1;
        var wanted = signature.Parameters.Count;
        if (signature.IsVariadic ? count < wanted - 1 : count != wanted)
        {
            var least = signature.IsVariadic ? "at least " : "";
            return context.Fail(string.Create(
                CultureInfo.InvariantCulture,
                $"wrong number of args for {name}: got {count} want {least}{(signature.IsVariadic ? wanted - 1 : wanted)}"));
        }

        var values = new Value[count];
        for (var i = 0; i < count; i++)
        {
            var value = Prepare(BuiltinFunctions.Valid(arguments[i + 1]), signature.ParameterAt(i), out var error);
            if (value is null)
            {
                return context.Fail(string.Create(CultureInfo.InvariantCulture, $"arg {i}: {error}"));
            }

            values[i] = value;
        }

        return function.Function.Body(context, new Arguments(values));
    }

    /// <summary>An integer as one of another integer type, or <see langword="null"/> when either is none.</summary>
    public static Value? ConvertInteger(Value value, ReflectType type)
    {
        var plain = value is GoObject { Underlying: IntValue underlying } ? underlying : value;
        if (plain is not IntValue number || type.Kind is < ReflectKind.Int or > ReflectKind.UIntPtr)
        {
            return null;
        }

        var zero = (IntValue)Parameters.Zero(type);
        var bits = type.Kind switch
        {
            ReflectKind.Int8 => (sbyte)number.Value,
            ReflectKind.Int16 => (short)number.Value,
            ReflectKind.Int32 => (int)number.Value,
            ReflectKind.UInt8 => (byte)number.Value,
            ReflectKind.UInt16 => (ushort)number.Value,
            ReflectKind.UInt32 => (uint)number.Value,
            _ => number.Value,
        };
        return new IntValue(bits, zero.Type);
    }

    private static Value? Prepare(Value? value, ReflectType type, out string? error)
    {
        error = null;
        if (value is null)
        {
            if (type.CanBeNil)
            {
                return Parameters.Zero(type);
            }

            error = $"value is nil; should be of type {type.Name}";
            return null;
        }

        var actual = ReflectType.Of(value)!;
        if (type.Accepts(actual) || (value is GoObject o && type.Kind == ReflectKind.Interface && o.Implements(type)))
        {
            return value;
        }

        var converted = ConvertInteger(value, type);
        if (converted is null)
        {
            error = $"value has type {actual.Name}; should be {type.Name}";
        }

        return converted;
    }
}
