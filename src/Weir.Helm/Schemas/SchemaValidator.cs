using System.Globalization;
using Weir.Values;

namespace Weir.Helm;

/// <summary>
/// Checks values against schema nodes and reports every violation in the words of the library that Helm uses
/// (santhosh-tekuri/jsonschema 6).
/// </summary>
internal sealed class SchemaValidator
{
    private const int MaxDepth = 1_000;

    private readonly List<string> _path = [];
    private int _depth;

    /// <summary>The violations of a value; none when it is what the schema asks for.</summary>
    public static IReadOnlyList<SchemaViolation> Validate(SchemaNode root, Value value)
    {
        var found = new SchemaValidator().Check(root, value, new Scope(root, null, null), null, default);
        return found is null ? [] : found.IsGroup ? found.Causes : [found];
    }

    private SchemaViolation? Check(SchemaNode node, Value value, Scope scope, Evaluated? asked, SourceSpan keySpan)
    {
        if (node.Always is { } always)
        {
            return always ? null : Violation(value, keySpan, "false schema");
        }

        if (_depth > MaxDepth || scope.IsCycle())
        {
            return Violation(value, keySpan, "the schema refers to itself without end");
        }

        _depth++;
        var violation = new Visit(this, node, value, scope, asked, keySpan).Run();
        _depth--;
        return violation;
    }

    private SchemaViolation Violation(Value value, SourceSpan keySpan, string message, IReadOnlyList<SchemaViolation>? causes = null, bool isGroup = false, bool isReference = false) =>
        new(string.Concat(_path.Select(t => "/" + SchemaDocument.Escape(t))), message, value.Span.IsKnown ? value.Span : keySpan)
        {
            Causes = causes ?? [],
            IsGroup = isGroup,
            IsReference = isReference,
        };

    /// <summary>The schemas on the way to this one, for dynamic references and to find cycles.</summary>
    private sealed record Scope(SchemaNode Node, Scope? Parent, Value? Value)
    {
        public bool IsCycle()
        {
            for (var outer = Parent; outer is not null && ReferenceEquals(outer.Value, Value) && Value is not null; outer = outer.Parent)
            {
                if (ReferenceEquals(outer.Node, Node))
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Which properties and items some schema has looked at.</summary>
    private sealed class Evaluated
    {
        public HashSet<string> Properties { get; } = new(StringComparer.Ordinal);

        public HashSet<int> Items { get; } = [];

        public void Add(Evaluated other)
        {
            Properties.UnionWith(other.Properties);
            Items.UnionWith(other.Items);
        }
    }

    /// <summary>One schema looking at one value.</summary>
    private sealed class Visit(SchemaValidator validator, SchemaNode node, Value value, Scope scope, Evaluated? asked, SourceSpan keySpan)
    {
        private readonly List<SchemaViolation> _violations = [];

        // Only a schema that asks for what nobody looked at, or one above it, needs to know what was looked at.
        private readonly Evaluated? _evaluated = asked ?? (node.UnevaluatedProperties is null && node.UnevaluatedItems is null ? null : new Evaluated());

        public SchemaViolation? Run()
        {
            if (FirstRefusal() is { } refusal)
            {
                return Fail(refusal);
            }

            if (node.Ref is not null)
            {
                var behind = Follow(node.Ref);
                if (node.Draft < SchemaDraft.Draft2019)
                {
                    return behind;
                }

                Add(behind);
            }

            switch (value)
            {
                case MapValue map:
                    CheckObject(map);
                    break;
                case ListValue list:
                    CheckList(list);
                    break;
                case StringValue text:
                    CheckText(text.Value);
                    break;
                default:
                    CheckNumber();
                    break;
            }

            FollowDynamic();
            CheckCombinations();
            CheckUnevaluated();
            return _violations.Count switch
            {
                0 => null,
                1 => _violations[0],
                _ => validator.Violation(value, keySpan, "validation failed", _violations, isGroup: true),
            };
        }

        /// <summary>The keywords after whose refusal nothing else is looked at.</summary>
        private string? FirstRefusal()
        {
            var type = SchemaTypeNames.Of(value);
            if (node.Types != SchemaTypes.None && (node.Types & type) == 0
                && !((node.Types & SchemaTypes.Integer) != 0 && SchemaNumber.Of(value) is { IsInteger: true }))
            {
                return $"got {SchemaTypeNames.Describe(type)}, want {SchemaTypeNames.Describe(node.Types)}";
            }

            if (node.Const is { } constant && !SchemaEquality.AreEqual(value, constant))
            {
                return constant is ListValue or MapValue ? "const failed" : $"value must be {Display(constant)}";
            }

            if (node.Enum is { } choices && !choices.Any(c => SchemaEquality.AreEqual(value, c)))
            {
                return choices switch
                {
                    _ when choices.Any(c => c is ListValue or MapValue) => "enum failed",
                    { Count: 1 } => $"value must be {Display(choices[0])}",
                    _ => $"value must be one of {string.Join(", ", choices.Select(Display))}",
                };
            }

            return node.Format is { } format && value is StringValue text && SchemaFormats.Error(format, text.Value) is { } wrong
                ? $"{SchemaViolation.Quote(text.Value)} is not valid {format}: {wrong}"
                : null;
        }

        private void CheckObject(MapValue map)
        {
            if (map.Count < node.MinProperties)
            {
                Add(Fail($"minProperties: got {map.Count}, want {node.MinProperties}"));
            }

            if (map.Count > node.MaxProperties)
            {
                Add(Fail($"maxProperties: got {map.Count}, want {node.MaxProperties}"));
            }

            if (Missing(map, node.Required) is { Count: > 0 } missing)
            {
                Add(Fail(missing.Count == 1 ? $"missing property {Quoted(missing)}" : $"missing properties {Quoted(missing)}"));
            }

            List<string>? additional = null;
            foreach (var (name, item) in map)
            {
                var isKnown = false;
                if (node.Properties?.TryGetValue(name, out var schema) == true)
                {
                    isKnown = true;
                    Add(Below(schema, item, name, map.KeySpan(name)));
                }

                foreach (var (pattern, patternSchema) in node.PatternProperties)
                {
                    if (pattern.IsMatch(name))
                    {
                        isKnown = true;
                        Add(Below(patternSchema, item, name, map.KeySpan(name)));
                    }
                }

                if (!isKnown && node.AdditionalProperties is { } other)
                {
                    isKnown = true;
                    if (other.Always == false)
                    {
                        (additional ??= []).Add(name);
                    }
                    else
                    {
                        Add(Below(other, item, name, map.KeySpan(name)));
                    }
                }

                if (isKnown)
                {
                    _evaluated?.Properties.Add(name);
                }
            }

            if (additional is not null)
            {
                Add(validator.Violation(value, map.KeySpan(additional[0]), $"additional properties {Quoted(additional)} not allowed"));
            }

            CheckNames(map);
            foreach (var (property, schema) in node.DependentSchemas)
            {
                if (map.ContainsKey(property))
                {
                    Add(Here(schema));
                }
            }

            foreach (var (property, needs) in node.DependentRequired)
            {
                if (map.ContainsKey(property) && Missing(map, needs) is { Count: > 0 } lacking)
                {
                    Add(Fail($"properties {Quoted(lacking)} required, if {SchemaViolation.Quote(property)} exists"));
                }
            }
        }

        private void CheckNames(MapValue map)
        {
            if (node.PropertyNames is not { } names)
            {
                return;
            }

            foreach (var name in map.Keys)
            {
                var key = new StringValue(name) { Span = map.KeySpan(name) };
                if (validator.Check(names, key, new Scope(names, scope, key), null, default) is { } wrong)
                {
                    Add(validator.Violation(key, keySpan, $"invalid propertyName {SchemaViolation.Quote(name)}", wrong.IsGroup ? wrong.Causes : [wrong]));
                }
            }
        }

        private void CheckList(ListValue list)
        {
            if (list.Count < node.MinItems)
            {
                Add(Fail($"minItems: got {list.Count}, want {node.MinItems}"));
            }

            if (list.Count > node.MaxItems)
            {
                Add(Fail($"maxItems: got {list.Count}, want {node.MaxItems}"));
            }

            if (node.UniqueItems && SchemaEquality.FirstEqual(list) is var (first, second))
            {
                Add(Fail($"items at {first} and {second} are equal"));
            }

            var prefix = Math.Min(node.PrefixItems.Count, list.Count);
            for (var i = 0; i < prefix; i++)
            {
                Add(BelowItem(node.PrefixItems[i], list, i));
                _evaluated?.Items.Add(i);
            }

            if (node.OtherItems is { } others)
            {
                if (others.Always == false && node.Draft < SchemaDraft.Draft2020 && node.PrefixItems.Count > 0)
                {
                    if (list.Count > prefix)
                    {
                        Add(Fail($"last {list.Count - prefix} additionalItem(s) not allowed"));
                    }
                }
                else
                {
                    for (var i = prefix; i < list.Count; i++)
                    {
                        Add(BelowItem(others, list, i));
                    }
                }

                _evaluated?.Items.UnionWith(Enumerable.Range(0, list.Count));
            }

            CheckContains(list);
        }

        private void CheckContains(ListValue list)
        {
            if (node.Contains is not { } contains)
            {
                return;
            }

            var wrong = new List<SchemaViolation>();
            var matched = new List<int>();
            for (var i = 0; i < list.Count; i++)
            {
                if (BelowItem(contains, list, i) is { } violation)
                {
                    wrong.Add(violation);
                    continue;
                }

                matched.Add(i);
                if (node.Draft >= SchemaDraft.Draft2020)
                {
                    _evaluated?.Items.Add(i);
                }
            }

            if (node.MinContains is { } least)
            {
                if (matched.Count < least)
                {
                    var found = matched.Count == 0 ? "none matched" : $"matched {matched.Count} items at {string.Join(' ', matched)}";
                    Add(Fail($"min {least} items required to match contains schema, but {found}", wrong));
                }
            }
            else if (matched.Count == 0)
            {
                Add(Fail("no items match contains schema", wrong));
            }

            if (matched.Count > node.MaxContains)
            {
                Add(Fail($"max {node.MaxContains} items required to match contains schema, but matched {matched.Count} items at {string.Join(' ', matched)}"));
            }
        }

        private void CheckText(string text)
        {
            if (node.MinLength is not null || node.MaxLength is not null)
            {
                var length = text.EnumerateRunes().Count();
                if (length < node.MinLength)
                {
                    Add(Fail($"minLength: got {length}, want {node.MinLength}"));
                }

                if (length > node.MaxLength)
                {
                    Add(Fail($"maxLength: got {length}, want {node.MaxLength}"));
                }
            }

            if (node.Pattern?.IsMatch(text) == false)
            {
                Add(Fail($"{SchemaViolation.Quote(text)} does not match pattern {SchemaViolation.Quote(node.Pattern?.Pattern ?? "")}"));
            }
        }

        private void CheckNumber()
        {
            if (SchemaNumber.Of(value) is not { } number)
            {
                return;
            }

            if (node.Minimum is { } low && number.CompareTo(low) < 0)
            {
                Add(Fail($"minimum: got {number}, want {node.Minimum}"));
            }

            if (node.Maximum is { } high && number.CompareTo(high) > 0)
            {
                Add(Fail($"maximum: got {number}, want {node.Maximum}"));
            }

            if (node.ExclusiveMinimum is { } above && number.CompareTo(above) <= 0)
            {
                Add(Fail($"exclusiveMinimum: got {number}, want {node.ExclusiveMinimum}"));
            }

            if (node.ExclusiveMaximum is { } below && number.CompareTo(below) >= 0)
            {
                Add(Fail($"exclusiveMaximum: got {number}, want {node.ExclusiveMaximum}"));
            }

            if (node.MultipleOf is { } step && !number.IsMultipleOf(step))
            {
                Add(Fail($"multipleOf: got {number}, want {node.MultipleOf}"));
            }
        }

        private void FollowDynamic()
        {
            if (node.RecursiveRef is { } recursive)
            {
                Add(Follow(recursive.RecursiveAnchor ? Outermost(s => s.Node.Resource.Root is { RecursiveAnchor: true } root ? root : null) ?? recursive : recursive));
            }

            if (node.DynamicRef is { } dynamic)
            {
                var name = node.DynamicRefAnchor;
                var target = name.Length > 0 && dynamic.DynamicAnchor == name
                    ? Outermost(s => s.Node.Resource.DynamicAnchors.GetValueOrDefault(name)) ?? dynamic
                    : dynamic;
                Add(Follow(target));
            }
        }

        private SchemaNode? Outermost(Func<Scope, SchemaNode?> find)
        {
            SchemaNode? found = null;
            for (var outer = scope; outer is not null; outer = outer.Parent)
            {
                found = find(outer) ?? found;
            }

            return found;
        }

        private void CheckCombinations()
        {
            if (node.Not is { } not && Here(not, keep: false) is null)
            {
                Add(Fail("not failed"));
            }

            var failed = node.AllOf.Select(s => Here(s)).OfType<SchemaViolation>().ToList();
            if (failed.Count > 0)
            {
                Add(Fail("allOf failed", failed));
            }

            if (node.AnyOf.Count > 0)
            {
                var results = node.AnyOf.Select(s => Here(s)).ToList();
                if (!results.Contains(null))
                {
                    Add(Fail("anyOf failed", [.. results.OfType<SchemaViolation>()]));
                }
            }

            CheckOneOf();
            if (node.If is { } condition)
            {
                if (Here(condition) is null)
                {
                    Add(node.Then is null ? null : Here(node.Then));
                }
                else
                {
                    Add(node.Else is null ? null : Here(node.Else));
                }
            }
        }

        private void CheckOneOf()
        {
            if (node.OneOf.Count == 0)
            {
                return;
            }

            var wrong = new List<SchemaViolation>();
            var matched = -1;
            for (var i = 0; i < node.OneOf.Count; i++)
            {
                if (Here(node.OneOf[i]) is { } violation)
                {
                    wrong.Add(violation);
                }
                else if (matched < 0)
                {
                    matched = i;
                }
                else
                {
                    Add(Fail($"oneOf failed, subschemas {matched}, {i} matched"));
                    return;
                }
            }

            if (matched < 0)
            {
                Add(Fail("oneOf failed, none matched", wrong));
            }
        }

        private void CheckUnevaluated()
        {
            if (value is MapValue map && node.UnevaluatedProperties is { } properties)
            {
                foreach (var (name, item) in map)
                {
                    if (_evaluated!.Properties.Add(name))
                    {
                        Add(Below(properties, item, name, map.KeySpan(name)));
                    }
                }
            }

            if (value is ListValue list && node.UnevaluatedItems is { } items)
            {
                for (var i = 0; i < list.Count; i++)
                {
                    if (_evaluated!.Items.Add(i))
                    {
                        Add(BelowItem(items, list, i));
                    }
                }
            }
        }

        /// <summary>Another schema looking at the same value; what it looked at counts when it has no objection.</summary>
        private SchemaViolation? Here(SchemaNode schema, bool keep = true)
        {
            var inner = _evaluated is null ? null : new Evaluated();
            var violation = validator.Check(schema, value, new Scope(schema, scope, value), inner, keySpan);
            if (violation is null && keep && inner is not null)
            {
                _evaluated!.Add(inner);
            }

            return violation;
        }

        private SchemaViolation? Follow(SchemaNode target) => Here(target) is { } behind
            ? validator.Violation(value, keySpan, "validation failed", behind.IsGroup ? behind.Causes : [behind], isReference: true)
            : null;

        private SchemaViolation? Below(SchemaNode schema, Value item, string token, SourceSpan span)
        {
            validator._path.Add(token);
            var violation = validator.Check(schema, item, new Scope(schema, scope, item), null, span);
            validator._path.RemoveAt(validator._path.Count - 1);
            return violation;
        }

        private SchemaViolation? BelowItem(SchemaNode schema, ListValue list, int index) =>
            Below(schema, list[index], index.ToString(CultureInfo.InvariantCulture), keySpan);

        private void Add(SchemaViolation? violation)
        {
            if (violation is not null)
            {
                _violations.Add(violation);
            }
        }

        private SchemaViolation Fail(string message, IReadOnlyList<SchemaViolation>? causes = null) =>
            validator.Violation(value, keySpan, message, causes);

        private static List<string> Missing(MapValue map, IReadOnlyList<string> names) => [.. names.Where(n => !map.ContainsKey(n))];

        private static string Quoted(List<string> names) => string.Join(", ", names.Select(SchemaViolation.Quote));

        private static string Display(Value value) => value switch
        {
            StringValue text => SchemaViolation.Quote(text.Value),
            NullValue => "<nil>",
            _ => value.ToString()!,
        };
    }
}
