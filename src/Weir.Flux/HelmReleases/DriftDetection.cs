using Weir.Values;

namespace Weir.Flux;

/// <summary>Whether the cluster is compared with the release.</summary>
public sealed record DriftDetection
{
    private static readonly FieldRules ModeRules = new() { OneOf = ["enabled", "warn", "disabled"] };

    /// <summary>Differences that do not count.</summary>
    public FieldList<IgnoreRule>? Ignore { get; init; }

    /// <summary>Whether differences are corrected, reported or not looked for.</summary>
    public string? Mode { get; init; }

    internal static DriftDetection ReadFields(FieldReader f) => new()
    {
        Ignore = f.Objects("ignore", "Differences that do not count.", IgnoreRule.ReadFields),
        Mode = f.String("mode", "Whether differences are corrected, reported or not looked for.", ModeRules),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("ignore", Ignore, static x => x.WriteFields())
        .Add("mode", Mode)
        .Map;
}
