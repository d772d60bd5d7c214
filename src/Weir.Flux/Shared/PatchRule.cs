using Weir.Values;

namespace Weir.Flux;

/// <summary>A patch and the objects it is for.</summary>
public sealed record PatchRule
{
    /// <summary>The patch: a piece of an object, or a list of JSON 6902 operations.</summary>
    public string Patch { get; init; } = "";

    /// <summary>The objects it is applied to.</summary>
    public ObjectSelector? Target { get; init; }

    internal static PatchRule ReadFields(FieldReader f) => new()
    {
        Patch = f.String("patch", "The patch: a piece of an object, or a list of JSON 6902 operations.", FieldRules.Required) ?? "",
        Target = f.Object("target", "The objects it is applied to.", ObjectSelector.ReadFields),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("patch", Patch)
        .Add("target", Target?.WriteFields())
        .Map;
}
