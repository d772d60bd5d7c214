using System.Globalization;
using Weir.GoTemplate.Syntax;
using Weir.Values;

namespace Weir.GoTemplate;

/// <summary>Calls functions and methods: checks the number of arguments, evaluates and checks each, runs the body.</summary>
internal static class Calls
{
    /// <param name="execution">The state.</param>
    /// <param name="function">What to call.</param>
    /// <param name="node">Where errors of the function itself are reported.</param>
    /// <param name="name">What errors call the function.</param>
    /// <param name="words">The words of the command, the function's name first; none when there can be no arguments.</param>
    /// <param name="hasFinal">Whether a value came through the pipe.</param>
    /// <param name="final">That value: the last argument.</param>
    public static Value? Invoke(
        Execution execution,
        TemplateFunction function,
        Node node,
        string name,
        Operand[] words,
        bool hasFinal,
        Value? final)
    {
        var written = Math.Max(words.Length - 1, 0);
        var count = written + (hasFinal ? 1 : 0);
        if (!FitsCount(execution, function.Signature, name, written, count) || !execution.Step())
        {
            return null;
        }

        if (ReferenceEquals(function, BuiltinFunctions.And) || ReferenceEquals(function, BuiltinFunctions.Or))
        {
            return ShortCircuit(execution, ReferenceEquals(function, BuiltinFunctions.Or), words, hasFinal, final);
        }

        var first = execution.ReserveArguments(count);
        for (var i = 0; i < written; i++)
        {
            var value = words[i + 1].EvaluateArgument(execution, function.Signature.ParameterAt(i));
            if (execution.HasFailed)
            {
                return null;
            }

            execution.SetArgument(first + i, value);
        }

        if (hasFinal)
        {
            var value = Parameters.Validate(execution, final, function.Signature.ParameterAt(written));
            if (execution.HasFailed)
            {
                return null;
            }

            execution.SetArgument(first + written, value);
        }

        var callee = ReferenceEquals(function, BuiltinFunctions.Call) ? written > 0 ? words[1].ToString() : GoReflectText(final) : null;
        return execution.Run(function, node, name, callee, first, count);
    }

    private static bool FitsCount(Execution execution, Signature signature, string name, int written, int count)
    {
        var wanted = signature.Parameters.Count;
        if (signature.IsVariadic)
        {
            if (count < wanted - 1)
            {
                execution.Fail(string.Create(
                    CultureInfo.InvariantCulture,
                    $"wrong number of args for {name}: want at least {wanted - 1} got {written}"));
                return false;
            }
        }
        else if (count != wanted)
        {
            execution.Fail(string.Create(
                CultureInfo.InvariantCulture,
                $"wrong number of args for {name}: want {wanted} got {count}"));
            return false;
        }

        if (signature.Refusal(name) is { } refusal)
        {
            execution.Fail(refusal);
            return false;
        }

        return true;
    }

    /// <summary><c>and</c> and <c>or</c> evaluate no further than they must and answer the value that decided.</summary>
    private static Value? ShortCircuit(Execution execution, bool isOr, Operand[] words, bool hasFinal, Value? final)
    {
        Value? value = null;
        for (var i = 1; i < words.Length; i++)
        {
            value = words[i].EvaluateArgument(execution, ReflectType.ReflectValue);
            if (execution.HasFailed)
            {
                return null;
            }

            value = value is NoValue ? null : value;
            if (Truth.IsTrue(value) == isOr)
            {
                return value;
            }
        }

        return hasFinal ? final : value;
    }

    /// <summary>Go's <c>reflect.Value.String</c>, which names the callee of a piped <c>call</c>.</summary>
    private static string GoReflectText(Value? value) => value switch
    {
        null => "<invalid Value>",
        StringValue s => s.Value,
        _ => $"<{ReflectType.Of(value)?.Name} Value>",
    };
}
