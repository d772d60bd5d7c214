using Weir.Values;

namespace Weir.Flux;

/// <summary>Expressions that must be true.</summary>
public sealed record ReceiverValidation
{
    /// <summary>A CEL expression over the claims.</summary>
    public string Expression { get; init; } = "";

    /// <summary>What is said when it is false.</summary>
    public string Message { get; init; } = "";

    internal static ReceiverValidation ReadFields(FieldReader f) => new()
    {
        Expression = f.String("expression", "A CEL expression over the claims.", FieldRules.Required) ?? "",
        Message = f.String("message", "What is said when it is false.", FieldRules.Required) ?? "",
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("expression", Expression)
        .Add("message", Message)
        .Map;
}
