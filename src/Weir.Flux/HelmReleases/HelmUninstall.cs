using Weir.Values;

namespace Weir.Flux;

/// <summary>How the release is uninstalled.</summary>
public sealed record HelmUninstall
{
    private static readonly FieldRules DeletionPropagationRules = new() { Default = "background", OneOf = ["background", "foreground", "orphan"] };
    private static readonly FieldRules TimeoutRules = new() { Pattern = FieldRules.DurationPattern };

    /// <summary>How dependents are deleted.</summary>
    public string? DeletionPropagation { get; init; }

    /// <summary>Run no hooks.</summary>
    public bool? DisableHooks { get; init; }

    /// <summary>Do not wait until the objects are ready.</summary>
    public bool? DisableWait { get; init; }

    /// <summary>Keep the release's history after an uninstall.</summary>
    public bool? KeepHistory { get; init; }

    /// <summary>How long one operation may take; the timeout of the release when absent.</summary>
    public FluxDuration? Timeout { get; init; }

    internal static HelmUninstall ReadFields(FieldReader f) => new()
    {
        DeletionPropagation = f.String("deletionPropagation", "How dependents are deleted.", DeletionPropagationRules),
        DisableHooks = f.Bool("disableHooks", "Run no hooks."),
        DisableWait = f.Bool("disableWait", "Do not wait until the objects are ready."),
        KeepHistory = f.Bool("keepHistory", "Keep the release's history after an uninstall."),
        Timeout = f.Duration("timeout", "How long one operation may take; the timeout of the release when absent.", TimeoutRules),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("deletionPropagation", DeletionPropagation)
        .Add("disableHooks", DisableHooks)
        .Add("disableWait", DisableWait)
        .Add("keepHistory", KeepHistory)
        .Add("timeout", Timeout)
        .Map;
}
