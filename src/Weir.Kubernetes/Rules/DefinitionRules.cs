using System.Globalization;
using Weir.Cel;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Kubernetes;

/// <summary>
/// What must be right in the rules (<c>x-kubernetes-validations</c>) of a CustomResourceDefinition's schema: their texts, and that
/// they cannot cost more than an API server grants when values are as large as the schema lets them be.
/// </summary>
public sealed class DefinitionRules
{
    private const ulong RuleLimit = 10_000_000;
    private const ulong SchemaLimit = 100_000_000;
    private const int MaxNamed = 4;

    private static readonly string[] Reasons = ["FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired"];

    private readonly ICollection<FieldError> _errors;
    private readonly bool _isStructural;
    private readonly List<(string Path, ulong Cost)> _expensive = [];
    private ulong _total;

    private DefinitionRules(ICollection<FieldError> errors, bool isStructural)
    {
        _errors = errors;
        _isStructural = isStructural;
    }

    /// <summary>Checks all rules of a schema.</summary>
    /// <param name="schema">The <c>openAPIV3Schema</c>.</param>
    /// <param name="path">Its place in the definition.</param>
    /// <param name="isStructural">False when the schema itself has errors: then only the texts around rules are checked.</param>
    /// <param name="errors">Receives what is wrong.</param>
    public static void Check(MapValue schema, string path, bool isStructural, ICollection<FieldError> errors)
    {
        var rules = new DefinitionRules(errors, isStructural);
        rules.Node(schema, path, new(1, null, true));
        if (rules._total <= SchemaLimit)
        {
            return;
        }

        foreach (var (place, _) in rules._expensive)
        {
            errors.Add(FieldError.Forbidden(place, "contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema"));
        }

        errors.Add(FieldError.Forbidden(path, TooDear("x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema", rules._total, SchemaLimit)));
    }

    /// <param name="Cardinality">How many values there can be at the place; <see langword="null"/> when nothing limits them.</param>
    /// <param name="Uncorrelatable">The list that does not tell which item was which, when the place is inside one.</param>
    /// <param name="IsObject">True for whole objects.</param>
    private readonly record struct Place(ulong? Cardinality, string? Uncorrelatable, bool IsObject);

    /// <summary>Checks a schema and what is below it; false when a text around a rule is wrong.</summary>
    private bool Node(MapValue schema, string path, Place place)
    {
        var isFine = true;
        var below = place.Cardinality is { } count && MaxElements(schema) is { } elements ? Product(count, elements) : (ulong?)null;
        if (schema.GetMap("additionalProperties") is { } values)
        {
            isFine &= Node(values, path + ".additionalProperties", Below(values));
        }

        foreach (var (name, item) in schema.GetMap("properties") ?? [])
        {
            if (item is MapValue property)
            {
                isFine &= Node(property, $"{path}.properties[{name}]", Below(property));
            }
        }

        if (schema.GetMap("items") is { } items)
        {
            var inside = Below(items);
            isFine &= Node(items, path + ".items", schema.GetString("x-kubernetes-list-type") == "map" ? inside : inside with { Uncorrelatable = inside.Uncorrelatable ?? path });
        }

        if (schema.GetList("x-kubernetes-validations") is { Count: > 0 })
        {
            var read = CustomSchema.Read(schema);
            isFine &= Texts(read, path);
            if (isFine && _isStructural)
            {
                Rules(read, path, place);
            }
        }

        return isFine;

        Place Below(MapValue child) => new(below, place.Uncorrelatable, child.GetBool("x-kubernetes-embedded-resource") == true);
    }

    private bool Texts(Schema schema, string path)
    {
        var before = _errors.Count;
        for (var i = 0; i < schema.Rules.Count; i++)
        {
            var rule = schema.Rules[i];
            var place = At(path, i);
            if (string.IsNullOrWhiteSpace(rule.Rule))
            {
                _errors.Add(FieldError.Required(place + ".rule", "rule is not specified"));
            }
            else if (rule.Message.Length > 0 && string.IsNullOrWhiteSpace(rule.Message))
            {
                _errors.Add(FieldError.Invalid(place + ".message", rule.Message, "must be non-empty if specified"));
            }
            else if (HasLines(rule.Message.Trim()))
            {
                _errors.Add(FieldError.Invalid(place + ".message", rule.Message, "must not contain line breaks"));
            }
            else if (HasLines(rule.Rule.Trim()) && rule.Message.Length == 0)
            {
                _errors.Add(FieldError.Required(place + ".message", "message must be specified if rule contains line breaks"));
            }

            if (rule.MessageExpression.Length > 0 && string.IsNullOrWhiteSpace(rule.MessageExpression))
            {
                _errors.Add(FieldError.Required(place + ".messageExpression", "messageExpression must be non-empty if specified"));
            }

            if (rule.Reason.Length > 0 && !Reasons.Contains(rule.Reason))
            {
                _errors.Add(FieldError.NotSupported(place + ".reason", rule.Reason, Reasons));
            }

            if (rule.FieldPath.Length > 0)
            {
                FieldPath(rule.FieldPath, schema, place + ".fieldPath");
            }
        }

        return _errors.Count == before;
    }

    private void FieldPath(string text, Schema schema, string place)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            _errors.Add(FieldError.Invalid(place, text, "must be non-empty if specified"));
        }

        if (HasLines(text))
        {
            _errors.Add(FieldError.Invalid(place, text, "must not contain line breaks"));
        }

        if (RuleFieldPath.Read(text, schema) is null)
        {
            _errors.Add(FieldError.Invalid(place, text, "must be a valid path"));
        }
    }

    private void Rules(Schema schema, string path, Place place)
    {
        var types = RuleTypes.Of(schema, place.IsObject);
        if (!types.IsExposed)
        {
            _errors.Add(new FieldError("InternalError", path + ".x-kubernetes-validations",
                "Internal error: internal error: failed to construct type information for x-kubernetes-validations rules: unable to convert structural schema to CEL declarations"));
            return;
        }

        var variables = new Dictionary<string, CelSchema> { [CompiledRule.Self] = types, [CompiledRule.OldSelf] = types };
        var count = place.Cardinality ?? (ulong)(CelSchema.MaxRequestSize / (types.MinSerializedSize + 1));
        for (var i = 0; i < schema.Rules.Count; i++)
        {
            Rule(CompiledRule.Compile(schema.Rules[i], schema, types), At(path, i), place, variables, count);
        }
    }

    private void Rule(CompiledRule rule, string path, Place place, Dictionary<string, CelSchema> variables, ulong count)
    {
        Observe(path + ".rule", "estimated rule cost", rule.Rule is null ? 0 : Product(rule.Rule.EstimateCost(variables).Max, count));
        if (rule.Error.Length > 0)
        {
            _errors.Add(Wrong(path + ".rule", rule.Source, rule.Error));
        }

        if (rule.MessageError.Length > 0)
        {
            _errors.Add(Wrong(path + ".messageExpression", rule.Source, rule.MessageError));
        }
        else if (rule.Message is not null)
        {
            Observe(path + ".messageExpression", "estimated messageExpression cost", rule.Message.EstimateCost(variables).Max);
        }

        if (rule.UsesOldSelf)
        {
            if (place.Uncorrelatable is { } list)
            {
                _errors.Add(FieldError.Invalid(path + ".rule", rule.Source.Rule, $"oldSelf cannot be used on the uncorrelatable portion of the schema within {list}"));
            }
        }
        else if (rule.Source.OptionalOldSelf is { } isOptional)
        {
            _errors.Add(FieldError.Invalid(path + ".optionalOldSelf", isOptional, "may not be set if oldSelf is not used in rule"));
        }
    }

    private void Observe(string path, string name, ulong cost)
    {
        if (cost > RuleLimit)
        {
            _errors.Add(FieldError.Forbidden(path, TooDear(name, cost, RuleLimit)));
        }

        _total = _total > ulong.MaxValue - cost ? ulong.MaxValue : _total + cost;
        if (cost < SchemaLimit / 100)
        {
            return;
        }

        // The dearest are named; of equals the first.
        var at = _expensive.FindIndex(e => e.Cost < cost);
        _expensive.Insert(at < 0 ? _expensive.Count : at, (path, cost));
        if (_expensive.Count > MaxNamed)
        {
            _expensive.RemoveAt(MaxNamed);
        }
    }

    private static string TooDear(string name, ulong cost, ulong limit)
    {
        var factor = (double)cost / limit;
        var text = factor > 100 ? "more than 100x"
            : factor < 1.5 ? GoFloat.Format(factor, 'f', 6) + "x"
            : GoFloat.Format(factor, 'f', 1) + "x";
        return $"{name} exceeds budget by factor of {text} (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)";
    }

    /// <summary>How many values a list or map can have; one for what is neither, <see langword="null"/> without a limit.</summary>
    private static ulong? MaxElements(MapValue schema) => schema.GetString("type") switch
    {
        "object" when schema["additionalProperties"] is not (null or NullValue) => NotNegative(schema.GetInt("maxProperties")),
        "array" => NotNegative(schema.GetInt("maxItems")),
        _ => 1,
    };

    private static ulong? NotNegative(long? number) => number is { } n ? (ulong)Math.Max(n, 0) : null;

    private static ulong Product(ulong left, ulong right) => left == 0 || right == 0 ? 0 : ulong.MaxValue / left < right ? ulong.MaxValue : left * right;

    /// <summary>The rule as kube-apiserver shows it: with the names of its own type, in their order.</summary>
    private static FieldError Wrong(string path, ValidationRule rule, string detail)
    {
        var reason = rule.Reason.Length == 0 ? "null" : Json(rule.Reason);
        var isOptional = rule.OptionalOldSelf switch { null => "null", true => "true", false => "false" };
        return new("FieldValueInvalid", path,
            $"Invalid value: {{\"Rule\":{Json(rule.Rule)},\"Message\":{Json(rule.Message)},\"MessageExpression\":{Json(rule.MessageExpression)},"
            + $"\"Reason\":{reason},\"FieldPath\":{Json(rule.FieldPath)},\"OptionalOldSelf\":{isOptional}}}: {detail}");
    }

    private static string Json(string text) => JsonWriter.Write(new StringValue(text));

    private static bool HasLines(string text) => text.AsSpan().ContainsAny('\n', '\r');

    private static string At(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}.x-kubernetes-validations[{index}]");
}
