using Weir.Values;

namespace Weir.Flux;

/// <summary>Patches and images applied to what the chart renders.</summary>
public sealed record KustomizePostRenderer
{
    /// <summary>Images to replace.</summary>
    public FieldList<ImageOverride>? Images { get; init; }

    /// <summary>Patches to apply.</summary>
    public FieldList<PatchRule>? Patches { get; init; }

    internal static KustomizePostRenderer ReadFields(FieldReader f) => new()
    {
        Images = f.Objects("images", "Images to replace.", ImageOverride.ReadFields),
        Patches = f.Objects("patches", "Patches to apply.", PatchRule.ReadFields),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("images", Images, static x => x.WriteFields())
        .Add("patches", Patches, static x => x.WriteFields())
        .Map;
}
