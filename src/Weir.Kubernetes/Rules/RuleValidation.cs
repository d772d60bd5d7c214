using System.Globalization;
using Weir.Cel;
using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Runs the rules of a schema (<c>x-kubernetes-validations</c>) on a custom resource, with the messages of kube-apiserver.</summary>
internal sealed class RuleValidation
{
    // All rules of an object together; one alone is limited by its expression.
    private const long CostBudget = 10_000_000;
    private const int MaxMessageSize = 5 * 1024;
    private const string OutOfBudget = "validation failed due to running out of cost budget, no further validation rules will be run";

    private readonly ICollection<FieldError> _errors;
    private readonly Action<string> _warn;
    private readonly CancellationToken _cancellation;
    private long _budget = CostBudget;

    private RuleValidation(ICollection<FieldError> errors, Action<string> warn, CancellationToken cancellation)
    {
        _errors = errors;
        _warn = warn;
        _cancellation = cancellation;
    }

    /// <summary>Runs all rules. Those that fail on what did not change are warnings.</summary>
    public static void Run(
        Value value, Value? old, RuleTree tree, ICollection<FieldError> errors, Action<string> warn, CancellationToken cancellation)
    {
        var validation = new RuleValidation(errors, warn, cancellation);
        var correlation = old is null ? null : new Correlation(value, old, tree.Schema);
        validation.Node("", value, old, tree, new(correlation, null));
    }

    /// <summary>Runs all rules on a default, as a value that was always there and as one that is new.</summary>
    public static void RunOnDefault(Value value, RuleTree tree, string path, ICollection<FieldError> errors)
    {
        var before = errors.Count;
        foreach (var old in (Value?[])[value, null])
        {
            if (errors.Count == before)
            {
                new RuleValidation(errors, _ => { }, CancellationToken.None).Node(path, value, old, tree, default);
            }
        }
    }

    /// <summary>The value beside its old one, or the nearest that contains it when itself cannot be told.</summary>
    private readonly record struct Ratchet(Correlation? Current, Correlation? Parent)
    {
        public bool IsUnchanged => Current is not null ? Current.IsSame : Parent?.IsSame ?? false;

        public Ratchet Below(Func<Correlation, Correlation?> step) => Current is null ? this : new(step(Current), Current);

        /// <summary>The names of an object's kind are the same in all its versions.</summary>
        public Ratchet Field(string name) => Current is not null && Parent is null && name is "apiVersion" or "kind" ? default : Below(c => c.Field(name));
    }

    private bool Node(string path, Value value, Value? old, RuleTree tree, Ratchet ratchet)
    {
        if (value.IsNull)
        {
            return true;
        }

        if (!Rules(path, value, old is NullValue ? null : old, tree, ratchet))
        {
            return false;
        }

        foreach (var part in tree.AllOf)
        {
            if (!Node(path, value, old, part, new(null, ratchet.Parent)))
            {
                return false;
            }
        }

        return value switch
        {
            ListValue list => List(path, list, old as ListValue, tree, ratchet),
            MapValue map => Map(path, map, old as MapValue, tree, ratchet),
            _ => true,
        };
    }

    private bool Map(string path, MapValue map, MapValue? old, RuleTree tree, Ratchet ratchet)
    {
        foreach (var (key, item) in map)
        {
            if (tree.Properties.TryGetValue(key, out var property))
            {
                if (!Node(path.Length == 0 ? key : $"{path}.{key}", item, old?[key], property, ratchet.Field(key)))
                {
                    return false;
                }
            }
            else if (tree.AdditionalProperties is { } values && tree.Schema.Property(key) is null
                && !Node($"{path}[{key}]", item, old?[key], values, ratchet.Field(key)))
            {
                return false;
            }
        }

        return true;
    }

    private bool List(string path, ListValue list, ListValue? old, RuleTree tree, Ratchet ratchet)
    {
        if (tree.Items is not { } items)
        {
            return true;
        }

        var oldItems = Correlation.ByKeys(old, tree.Schema);
        for (var i = 0; i < list.Count; i++)
        {
            var index = i;
            var before = Correlation.Find(oldItems, list[i], tree.Schema);
            if (!Node(string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), list[i], before, items, ratchet.Below(c => c.Item(index))))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Runs the rules of one value; false when no more rules may run.</summary>
    private bool Rules(string path, Value value, Value? old, RuleTree tree, Ratchet ratchet)
    {
        if (tree.Rules.Count == 0)
        {
            return true;
        }

        if (_budget <= 0)
        {
            return Exhaust(path, tree, OutOfBudget);
        }

        var self = CelValues.Typed(value, tree.Types);
        var oldSelf = old is null ? null : CelValues.Typed(old, tree.Types);
        foreach (var rule in tree.Rules)
        {
            if (rule.Error.Length > 0)
            {
                Add(path, tree, $"rule compile error: {rule.Error}");
                continue;
            }

            if (rule.Rule is null || (rule.UsesOldSelf && old is null && !rule.IsOptionalOldSelf))
            {
                continue;
            }

            var ruleOldSelf = !rule.IsOptionalOldSelf ? oldSelf : oldSelf is null ? CelOptional.None : CelOptional.Of(oldSelf);
            var result = Run(rule.Rule, self, ruleOldSelf);
            if (result.Cost > _budget)
            {
                return Exhaust(path, tree, OutOfBudget);
            }

            _budget -= result.Cost;
            var isFine = result.Error is { } error
                ? Fail(path, tree, rule.Source, error.Message)
                : result.Value is BoolValue { Value: true } || Refuse(path, value, tree, rule, self, oldSelf, ratchet);
            if (!isFine)
            {
                return false;
            }
        }

        return true;
    }

    private CelResult Run(CelExpression expression, Value self, Value? oldSelf) => expression.Run(
        name => name switch { CompiledRule.Self => self, CompiledRule.OldSelf => oldSelf, _ => null }, cancellation: _cancellation);

    /// <summary>A rule that could not be decided; false when no more rules may run.</summary>
    private bool Fail(string path, RuleTree tree, ValidationRule rule, string error)
    {
        if (error.StartsWith("no such overload", StringComparison.Ordinal))
        {
            Add(path, tree, $"'{error}': call arguments did not match a supported operator, function or macro signature for rule: {Shown(rule)}");
            return true;
        }

        if (error.StartsWith("operation cancelled: actual cost limit exceeded", StringComparison.Ordinal))
        {
            return Exhaust(path, tree, $"'{error}': no further validation rules will be run due to call cost exceeds limit for rule: {Shown(rule)}");
        }

        Add(path, tree, $"{error} evaluating rule: {Shown(rule)}");
        return true;
    }

    /// <summary>A rule that does not hold; false when no more rules may run.</summary>
    private bool Refuse(string path, Value value, RuleTree tree, CompiledRule rule, Value self, Value? oldSelf, Ratchet ratchet)
    {
        var place = rule.FieldPath.Length == 0 ? path : path.Length == 0 ? rule.FieldPath : $"{path}.{rule.FieldPath}";
        var detail = Message(rule, self, oldSelf, out var limit);
        var error = limit is not null
            ? FieldError.Invalid(Field(place), TypeName(tree.Schema), limit)
            : Error(Field(place), tree.Schema.Type is SchemaType.Object or SchemaType.Array ? null : value, detail ?? Default(rule.Source), rule.Source.Reason);
        if (!rule.UsesOldSelf && ratchet.IsUnchanged)
        {
            _warn(error.ToString());
        }
        else
        {
            _errors.Add(error);
        }

        return limit is null;
    }

    /// <summary>What the message's expression answers; <see langword="null"/> when it cannot be used.</summary>
    private string? Message(CompiledRule rule, Value self, Value? oldSelf, out string? limit)
    {
        limit = null;
        if (rule.Message is null)
        {
            return null;
        }

        var result = Run(rule.Message, self, oldSelf);
        if (result.Cost > _budget)
        {
            limit = "messageExpression evaluation failed due to running out of cost budget, no further validation rules will be run";
            return null;
        }

        _budget -= result.Cost;
        if (result.Error is { } error)
        {
            limit = error.Message.StartsWith("operation cancelled: actual cost limit exceeded", StringComparison.Ordinal)
                ? $"no further validation rules will be run due to call cost exceeds limit for messageExpression: {GoQuote.Quote(rule.Source.MessageExpression)}"
                : null;
            return null;
        }

        var text = (result.Value as StringValue)?.Value.Trim() ?? "";
        return text.Length == 0 || GoString.ByteLength(text) > MaxMessageSize || text.Contains('\n', StringComparison.Ordinal) ? null : text;
    }

    private bool Exhaust(string path, RuleTree tree, string detail)
    {
        Add(path, tree, detail);
        return false;
    }

    private void Add(string path, RuleTree tree, string detail) => _errors.Add(FieldError.Invalid(Field(path), TypeName(tree.Schema), detail));

    /// <summary>Objects and lists are not shown.</summary>
    private static FieldError Error(string field, Value? value, string detail, string reason) => reason switch
    {
        "FieldValueForbidden" => FieldError.Forbidden(field, detail),
        "FieldValueRequired" => FieldError.Required(field, detail),
        "FieldValueDuplicate" => value is null ? new FieldError(reason, field, "Duplicate value") : FieldError.Duplicate(field, value),
        _ => value is null ? new FieldError("FieldValueInvalid", field, $"Invalid value: {detail}") : FieldError.Invalid(field, value, detail),
    };

    private static string Default(ValidationRule rule) => rule.Message.Length == 0 ? $"failed rule: {Shown(rule)}" : rule.Message.Trim();

    private static string Shown(ValidationRule rule) => (rule.Message.Length > 0 ? rule.Message : rule.Rule).Trim();

    private static string Field(string path) => path.Length == 0 ? FieldError.NoField : path;

    private static string TypeName(Schema schema) => schema.Type switch
    {
        SchemaType.Object => "object",
        SchemaType.Array => "array",
        SchemaType.String => "string",
        SchemaType.Integer => "integer",
        SchemaType.Number => "number",
        SchemaType.Boolean => "boolean",
        _ => "",
    };
}
