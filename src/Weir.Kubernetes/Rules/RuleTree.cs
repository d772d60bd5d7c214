using System.Runtime.CompilerServices;
using Weir.Cel;

namespace Weir.Kubernetes;

/// <summary>The rules of a schema and of everything below it. Places without rules are left out.</summary>
internal sealed class RuleTree
{
    private static readonly ConditionalWeakTable<Schema, RuleTree> Known = [];

    private RuleTree(Schema schema, CelSchema types)
    {
        Schema = schema;
        Types = types;
    }

    public Schema Schema { get; }

    /// <summary>How values become those of expressions.</summary>
    public CelSchema Types { get; }

    public IReadOnlyList<CompiledRule> Rules { get; private set; } = [];

    public Dictionary<string, RuleTree> Properties { get; } = new(StringComparer.Ordinal);

    public RuleTree? AdditionalProperties { get; private set; }

    public RuleTree? Items { get; private set; }

    /// <summary>Rules in <c>allOf</c>, for the same value.</summary>
    public List<RuleTree> AllOf { get; } = [];

    private bool IsEmpty => Rules.Count == 0 && Properties.Count == 0 && AdditionalProperties is null && Items is null && AllOf.Count == 0;

    /// <summary>The rules of whole objects; <see langword="null"/> when there are none. They are compiled once.</summary>
    public static RuleTree? Of(Schema schema)
    {
        var tree = Known.GetValue(schema, static s => Build(s, s, RuleTypes.Of(s, isObject: true)));
        return tree.IsEmpty ? null : tree;
    }

    /// <summary>The rules of a part of objects; <see langword="null"/> when there are none.</summary>
    public static RuleTree? OfPart(Schema schema)
    {
        var types = RuleTypes.Of(schema, schema.IsEmbeddedResource);
        return types.IsExposed && Build(schema, schema, types) is { IsEmpty: false } tree ? tree : null;
    }

    /// <summary>The tree of rules that one schema has for the values of another.</summary>
    private static RuleTree Build(Schema rules, Schema values, CelSchema types)
    {
        var tree = new RuleTree(values, types);
        if (rules.Rules.Count > 0)
        {
            tree.Rules = [.. rules.Rules.Select(r => CompiledRule.Compile(r, values, types))];
        }

        foreach (var property in rules.Properties)
        {
            // What every object has is described by no definition; a definition may restrict its names.
            var restriction = property.Schema.Name is null ? property.Schema : property.Name == "metadata" ? rules.MetadataLimits : null;
            if (restriction is not null && values.Property(property.Name)?.Schema is { } value
                && types.Fields.GetValueOrDefault(property.Name) is { IsExposed: true } type)
            {
                Add(Build(restriction, value, type), t => tree.Properties[property.Name] = t);
            }
        }

        if (rules.AdditionalProperties is { } additional && values.AdditionalProperties is { } each && types is { Kind: CelSchemaKind.Map, Element.IsExposed: true })
        {
            Add(Build(additional, each, types.Element), t => tree.AdditionalProperties = t);
        }

        if (rules.Items is { } items && values.Items is { } item && types.Element is { IsExposed: true } element)
        {
            Add(Build(items, item, element), t => tree.Items = t);
        }

        foreach (var part in rules.Limits.AllOf)
        {
            Add(Build(part, values, types), tree.AllOf.Add);
        }

        return tree;
    }

    private static void Add(RuleTree tree, Action<RuleTree> add)
    {
        if (!tree.IsEmpty)
        {
            add(tree);
        }
    }
}
