using Weir.Values;

namespace Weir.Flux;

/// <summary>Signatures a commit or tag must carry.</summary>
public sealed record GitVerification
{
    private static readonly FieldRules ModeRules = new() { Default = "HEAD", OneOf = ["head", "HEAD", "Tag", "TagAndHEAD"] };

    /// <summary>Which Git objects are checked: the commit, the tag or both.</summary>
    public string? Mode { get; init; }

    /// <summary>The Secret with the trusted public keys.</summary>
    public LocalReference? SecretRef { get; init; }

    internal static GitVerification ReadFields(FieldReader f) => new()
    {
        Mode = f.String("mode", "Which Git objects are checked: the commit, the tag or both.", ModeRules),
        SecretRef = f.Object("secretRef", "The Secret with the trusted public keys.", LocalReference.ReadFields, FieldRules.Required),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("mode", Mode)
        .Add("secretRef", SecretRef?.WriteFields())
        .Map;
}
