using Weir.Values;

namespace Weir.Flux;

/// <summary>How the release is upgraded.</summary>
public sealed record HelmUpgrade
{
    private static readonly FieldRules ChartNameChangeStrategyRules = new() { OneOf = ["InPlaceUpdate", "Reinstall"] };
    private static readonly FieldRules CrdsRules = new() { OneOf = ["Skip", "Create", "CreateReplace"] };
    private static readonly FieldRules ServerSideApplyRules = new() { OneOf = ["enabled", "disabled", "auto"] };
    private static readonly FieldRules TimeoutRules = new() { Pattern = FieldRules.DurationPattern };

    /// <summary>What to do when the chart's name changes: reinstall or update in place.</summary>
    public string? ChartNameChangeStrategy { get; init; }

    /// <summary>Delete objects that this action created when it fails.</summary>
    public bool? CleanupOnFail { get; init; }

    /// <summary>What to do with the chart's CRDs: nothing, create the missing ones, or create and replace.</summary>
    public string? Crds { get; init; }

    /// <summary>Run no hooks.</summary>
    public bool? DisableHooks { get; init; }

    /// <summary>Do not check rendered objects against the cluster's schemas.</summary>
    public bool? DisableOpenApiValidation { get; init; }

    /// <summary>Do not check values against the chart's schema.</summary>
    public bool? DisableSchemaValidation { get; init; }

    /// <summary>Fail when an object exists already and belongs to somebody else.</summary>
    public bool? DisableTakeOwnership { get; init; }

    /// <summary>Do not wait until the objects are ready.</summary>
    public bool? DisableWait { get; init; }

    /// <summary>Do not wait for Jobs to complete.</summary>
    public bool? DisableWaitForJobs { get; init; }

    /// <summary>Replace objects that cannot be patched.</summary>
    public bool? Force { get; init; }

    /// <summary>Start from the values of the last release.</summary>
    public bool? PreserveValues { get; init; }

    /// <summary>What to do when the action fails.</summary>
    public UpgradeRemediation? Remediation { get; init; }

    /// <summary>Use server-side apply: enabled, disabled, or as the release did before.</summary>
    public string? ServerSideApply { get; init; }

    /// <summary>How failures are dealt with.</summary>
    public UpgradeStrategy? Strategy { get; init; }

    /// <summary>How long one operation may take; the timeout of the release when absent.</summary>
    public FluxDuration? Timeout { get; init; }

    internal static HelmUpgrade ReadFields(FieldReader f) => new()
    {
        ChartNameChangeStrategy = f.String("chartNameChangeStrategy", "What to do when the chart's name changes: reinstall or update in place.", ChartNameChangeStrategyRules),
        CleanupOnFail = f.Bool("cleanupOnFail", "Delete objects that this action created when it fails."),
        Crds = f.String("crds", "What to do with the chart's CRDs: nothing, create the missing ones, or create and replace.", CrdsRules),
        DisableHooks = f.Bool("disableHooks", "Run no hooks."),
        DisableOpenApiValidation = f.Bool("disableOpenAPIValidation", "Do not check rendered objects against the cluster's schemas."),
        DisableSchemaValidation = f.Bool("disableSchemaValidation", "Do not check values against the chart's schema."),
        DisableTakeOwnership = f.Bool("disableTakeOwnership", "Fail when an object exists already and belongs to somebody else."),
        DisableWait = f.Bool("disableWait", "Do not wait until the objects are ready."),
        DisableWaitForJobs = f.Bool("disableWaitForJobs", "Do not wait for Jobs to complete."),
        Force = f.Bool("force", "Replace objects that cannot be patched."),
        PreserveValues = f.Bool("preserveValues", "Start from the values of the last release."),
        Remediation = f.Object("remediation", "What to do when the action fails.", UpgradeRemediation.ReadFields),
        ServerSideApply = f.String("serverSideApply", "Use server-side apply: enabled, disabled, or as the release did before.", ServerSideApplyRules),
        Strategy = f.Object("strategy", "How failures are dealt with.", UpgradeStrategy.ReadFields),
        Timeout = f.Duration("timeout", "How long one operation may take; the timeout of the release when absent.", TimeoutRules),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("chartNameChangeStrategy", ChartNameChangeStrategy)
        .Add("cleanupOnFail", CleanupOnFail)
        .Add("crds", Crds)
        .Add("disableHooks", DisableHooks)
        .Add("disableOpenAPIValidation", DisableOpenApiValidation)
        .Add("disableSchemaValidation", DisableSchemaValidation)
        .Add("disableTakeOwnership", DisableTakeOwnership)
        .Add("disableWait", DisableWait)
        .Add("disableWaitForJobs", DisableWaitForJobs)
        .Add("force", Force)
        .Add("preserveValues", PreserveValues)
        .Add("remediation", Remediation?.WriteFields())
        .Add("serverSideApply", ServerSideApply)
        .Add("strategy", Strategy?.WriteFields())
        .Add("timeout", Timeout)
        .Map;
}
