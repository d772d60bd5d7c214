using Weir.Values;

namespace Weir.Flux;

/// <summary>How readiness is waited for.</summary>
public sealed record WaitStrategy
{
    private static readonly FieldRules NameRules = new() { IsRequired = true, OneOf = ["poller", "legacy"] };

    /// <summary>How readiness is judged: by status rules or as Helm 3 did.</summary>
    public string Name { get; init; } = "";

    internal static WaitStrategy ReadFields(FieldReader f) => new()
    {
        Name = f.String("name", "How readiness is judged: by status rules or as Helm 3 did.", NameRules) ?? "",
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("name", Name)
        .Map;
}
