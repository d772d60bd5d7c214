using Weir.Values;

namespace Weir.Flux;

/// <summary>One requirement of a label selector.</summary>
public sealed record LabelRequirement
{
    private static readonly FieldRules ValuesRules = new() { ListType = "atomic" };

    /// <summary>The label.</summary>
    public string Key { get; init; } = "";

    /// <summary>In, NotIn, Exists or DoesNotExist.</summary>
    public string Operator { get; init; } = "";

    /// <summary>The values compared with.</summary>
    public FieldList<string>? Values { get; init; }

    internal static LabelRequirement ReadFields(FieldReader f) => new()
    {
        Key = f.String("key", "The label.", FieldRules.Required) ?? "",
        Operator = f.String("operator", "In, NotIn, Exists or DoesNotExist.", FieldRules.Required) ?? "",
        Values = f.Strings("values", "The values compared with.", ValuesRules),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("key", Key)
        .Add("operator", Operator)
        .Add("values", Values)
        .Map;
}
