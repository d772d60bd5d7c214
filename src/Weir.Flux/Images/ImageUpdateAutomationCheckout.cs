using Weir.Values;

namespace Weir.Flux;

/// <summary>What is checked out; the reference of the source when absent.</summary>
public sealed record ImageUpdateAutomationCheckout
{
    /// <summary>The reference to check out.</summary>
    public GitReference? Ref { get; init; }

    internal static ImageUpdateAutomationCheckout ReadFields(FieldReader f) => new()
    {
        Ref = f.Object("ref", "The reference to check out.", GitReference.ReadFields, FieldRules.Required),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("ref", Ref?.WriteFields())
        .Map;
}
