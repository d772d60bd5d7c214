using Weir.GoTemplate.Syntax;
using Weir.Values;

namespace Weir.GoTemplate.Tracing;

/// <summary>What functions make of traced values. A function that is not named here looks at all of its arguments.</summary>
internal static class TracedCalls
{
    private const int MaxParts = 8;

    public static TracedValue Call(TemplateTracer tracer, FunctionName function, IReadOnlyList<Operand> operands, IReadOnlyList<TracedValue> final)
    {
        var name = function.Name.StartsWith("must", StringComparison.Ordinal) && function.Name.Length > 4
            ? char.ToLowerInvariant(function.Name[4]) + function.Name[5..]
            : function.Name;
        if (name is "and" or "or")
        {
            return Logic(tracer, isAnd: name == "and", operands, final);
        }

        var at = TemplateTracer.Span(function);
        List<TracedValue> arguments = [.. operands.Select(tracer.Evaluate), .. final];
        return (name, arguments) switch
        {
            ("default", [var fallback, var value]) => tracer.Default(fallback, value, at),
            ("coalesce", _) => TracedValue.OneOf(arguments),
            ("ternary", [var yes, var no, var test]) => tracer.Choose(yes, no, test, at),
            ("not" or "empty", [var value]) => tracer.Not(value, at),
            ("eq", [var left, var right]) => tracer.AreEqual(left, right, at),
            ("kindIs" or "typeIs" or "typeIsLike", [_, var value]) => tracer.Look(value, at),
            ("len" or "kindOf" or "typeOf", [var value]) => tracer.Look(value, at),
            ("include", [var template, var data]) => tracer.IncludeText(template, data, at),
            ("tpl", [var text, var data]) => tracer.Template(text, data, at),
            ("required", [var message, var value]) => tracer.Required(message, value, at),
            ("index", [var map, .. var keys]) => keys.Aggregate(map, (v, k) => tracer.At(v, k, at)),
            ("get", [var map, var key]) => tracer.At(map, key, at),
            ("hasKey", [var map, var key]) => tracer.Look(tracer.At(map, key, at), at),
            ("dig", [.. var keys, var fallback, var map]) => TracedValue.OneOf([keys.Aggregate(map, (v, k) => tracer.At(v, k, at)), fallback]),
            ("pluck", [var key, .. var maps]) => new TracedList(TracedValue.OneOf(maps.Select(m => tracer.At(m, key, at)))),
            ("dict", _) => tracer.Dict(arguments, at),
            ("list" or "tuple", _) => new TracedList(TracedValue.OneOf(arguments)),
            ("append" or "prepend" or "push", [var list, var item]) => new TracedList(TracedValue.OneOf([TemplateTracer.Element(list), item])),
            ("concat", _) => new TracedList(TracedValue.OneOf(arguments.Select(TemplateTracer.Element))),
            ("first" or "last", [var list]) => TemplateTracer.Element(list),
            ("rest" or "initial" or "reverse" or "uniq" or "compact" or "sortAlpha" or "deepCopy", [var same]) => same,
            ("slice" or "omit", [var same, ..]) => same,
            ("without", [var same, .. var others]) => tracer.UsedBefore(others, same, at),
            ("pick", [var map, .. var keys]) => tracer.Pick(map, keys, at),
            ("values", [var map]) => new TracedList(TemplateTracer.Element(map)),
            ("merge" or "mergeOverwrite", _) => TracedValue.OneOf(arguments),
            ("set", [var map, var key, var value]) => tracer.SetKey(map, key, value, at),
            ("unset", [var map, _]) => map,
            ("print", _) when arguments.TrueForAll(a => a is TracedText) => new TracedText(string.Concat(arguments.Select(a => ((TracedText)a).Text))),
            ("printf", [TracedText format, .. var parts]) when Format(format.Text, parts) is { } text => new TracedText(text),
            _ => tracer.Mix(arguments, at),
        };
    }

    private static TracedValue Logic(TemplateTracer tracer, bool isAnd, IReadOnlyList<Operand> operands, IReadOnlyList<TracedValue> final)
    {
        var values = new List<TracedValue>();
        bool? goesOn = true;
        foreach (var operand in operands)
        {
            var value = tracer.EvaluateIf(goesOn, operand);
            values.Add(value);
            goesOn = goesOn == true && tracer.TruthOf(value) is { } truth ? truth == isAnd : goesOn == false ? false : null;
        }

        values.AddRange(final);
        var truths = values.ConvertAll(tracer.TruthOf);
        bool? result = truths.Contains(!isAnd) ? !isAnd : truths.TrueForAll(t => t == isAnd) ? isAnd : null;
        return TracedValue.OneOf(values, result);
    }

    /// <summary>A format of nothing but <c>%s</c>, filled with texts that are known.</summary>
    private static string? Format(string format, IReadOnlyList<TracedValue> parts)
    {
        var pieces = format.Split("%s");
        if (pieces.Length != parts.Count + 1 || !parts.All(p => p is TracedText) || Array.Exists(pieces, p => p.Contains('%', StringComparison.Ordinal)))
        {
            return null;
        }

        return string.Concat(pieces.Select((p, i) => i == 0 ? p : ((TracedText)parts[i - 1]).Text + p));
    }

    extension(TemplateTracer tracer)
    {
        private TracedValue Default(TracedValue fallback, TracedValue value, SourceSpan at)
        {
            tracer.Use(value, TraceUse.Itself, at);
            var truth = tracer.TruthOf(value) == true ? true : tracer.TruthOf(value) == false ? tracer.TruthOf(fallback) : null;
            return TracedValue.OneOf([value, fallback], truth);
        }

        private TracedValue Choose(TracedValue yes, TracedValue no, TracedValue test, SourceSpan at)
        {
            tracer.Use(test, TraceUse.Itself, at);
            return TracedValue.OneOf([yes, no], tracer.TruthOf(test) is { } truth ? tracer.TruthOf(truth ? yes : no) : null);
        }

        private TracedValue Not(TracedValue value, SourceSpan at)
        {
            tracer.Use(value, TraceUse.Itself, at);
            return tracer.TruthOf(value) is { } truth ? new TracedFlag(!truth) : TracedValue.Unknown;
        }

        private TracedValue AreEqual(TracedValue left, TracedValue right, SourceSpan at)
        {
            tracer.UseAll([left, right], TraceUse.Whole, at);
            return tracer.Known(left) is { } a && tracer.Known(right) is { } b && a.GetType() == b.GetType() ? new TracedFlag(Value.DeepEquals(a, b)) : TracedValue.Unknown;
        }

        private TracedValue Look(TracedValue value, SourceSpan at)
        {
            tracer.Use(value, TraceUse.Itself, at);
            return TracedValue.Unknown;
        }

        private TracedValue IncludeText(TracedValue template, TracedValue data, SourceSpan at)
        {
            tracer.Include(template, data, at);
            return TracedValue.Unknown;
        }

        private TracedValue Template(TracedValue text, TracedValue data, SourceSpan at)
        {
            tracer.Use(text, TraceUse.Whole, at);
            tracer.TraceText(text, data, at);
            return TracedValue.Unknown;
        }

        private TracedValue Required(TracedValue message, TracedValue value, SourceSpan at)
        {
            tracer.Require(value, message, at);
            return value;
        }

        private TracedValue At(TracedValue map, TracedValue key, SourceSpan at)
        {
            if (key is TracedText text)
            {
                return tracer.Key(map, text.Text, at, mayBeNil: true);
            }

            tracer.Use(key, TraceUse.Whole, at);
            return TemplateTracer.Element(map);
        }

        private TracedFields Dict(IReadOnlyList<TracedValue> arguments, SourceSpan at)
        {
            var fields = new TracedFields();
            for (var i = 0; i < arguments.Count; i += 2)
            {
                var value = i + 1 < arguments.Count ? arguments[i + 1] : TracedValue.Unknown;
                if (arguments[i] is TracedText key)
                {
                    fields.Fields[key.Text] = value;
                }
                else
                {
                    // Under a key that nobody knows nobody can look for it later.
                    tracer.UseAll([arguments[i], value], TraceUse.Whole, at);
                }
            }

            return fields;
        }

        private TracedValue Pick(TracedValue map, IReadOnlyList<TracedValue> keys, SourceSpan at)
        {
            var fields = new TracedFields();
            foreach (var key in keys)
            {
                if (key is not TracedText text)
                {
                    return map;
                }

                fields.Fields[text.Text] = tracer.At(map, text, at);
            }

            return fields;
        }

        private TracedValue SetKey(TracedValue map, TracedValue key, TracedValue value, SourceSpan at)
        {
            tracer.Set(map, (key as TracedText)?.Text, value, at);
            return map;
        }

        private TracedValue UsedBefore(IReadOnlyList<TracedValue> used, TracedValue result, SourceSpan at)
        {
            tracer.UseAll(used, TraceUse.Whole, at);
            return result;
        }

        private TracedValue Mix(List<TracedValue> arguments, SourceSpan at)
        {
            tracer.UseAll(arguments, TraceUse.Whole, at);
            var parts = arguments.FindAll(a => a is TracedPlace or TracedChoice or TracedMixture or TracedText);
            return parts.Count == 0 ? TracedValue.Unknown : new TracedMixture(parts.Count > MaxParts ? parts[..MaxParts] : parts);
        }
    }
}
