using Weir.Values;

namespace Weir.Flux;

/// <summary>Changes to what the chart renders, in order.</summary>
public sealed record PostRenderer
{
    /// <summary>Patches and images applied to what the chart renders.</summary>
    public KustomizePostRenderer? Kustomize { get; init; }

    internal static PostRenderer ReadFields(FieldReader f) => new()
    {
        Kustomize = f.Object("kustomize", "Patches and images applied to what the chart renders.", KustomizePostRenderer.ReadFields),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("kustomize", Kustomize?.WriteFields())
        .Map;
}
