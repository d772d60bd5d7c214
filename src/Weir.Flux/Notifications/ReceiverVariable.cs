using Weir.Values;

namespace Weir.Flux;

/// <summary>Expressions that can be used by name.</summary>
public sealed record ReceiverVariable
{
    /// <summary>A CEL expression over the claims.</summary>
    public string Expression { get; init; } = "";

    /// <summary>The name of the variable.</summary>
    public string Name { get; init; } = "";

    internal static ReceiverVariable ReadFields(FieldReader f) => new()
    {
        Expression = f.String("expression", "A CEL expression over the claims.", FieldRules.Required) ?? "",
        Name = f.String("name", "The name of the variable.", FieldRules.Required) ?? "",
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("expression", Expression)
        .Add("name", Name)
        .Map;
}
