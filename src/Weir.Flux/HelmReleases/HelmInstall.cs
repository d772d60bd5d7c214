using Weir.Values;

namespace Weir.Flux;

/// <summary>How the chart is installed.</summary>
public sealed record HelmInstall
{
    private static readonly FieldRules CrdsRules = new() { OneOf = ["Skip", "Create", "CreateReplace"] };
    private static readonly FieldRules TimeoutRules = new() { Pattern = FieldRules.DurationPattern };

    /// <summary>What to do with the chart's CRDs: nothing, create the missing ones, or create and replace.</summary>
    public string? Crds { get; init; }

    /// <summary>Create the target namespace when it does not exist; it stays after an uninstall.</summary>
    public bool? CreateNamespace { get; init; }

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

    /// <summary>What to do when the action fails.</summary>
    public InstallRemediation? Remediation { get; init; }

    /// <summary>Use the name of a release again that was uninstalled with its history kept.</summary>
    public bool? Replace { get; init; }

    /// <summary>Use server-side apply.</summary>
    public bool? ServerSideApply { get; init; }

    /// <summary>Deprecated: use crds.</summary>
    public bool? SkipCrds { get; init; }

    /// <summary>How failures are dealt with.</summary>
    public InstallStrategy? Strategy { get; init; }

    /// <summary>How long one operation may take; the timeout of the release when absent.</summary>
    public FluxDuration? Timeout { get; init; }

    internal static HelmInstall ReadFields(FieldReader f) => new()
    {
        Crds = f.String("crds", "What to do with the chart's CRDs: nothing, create the missing ones, or create and replace.", CrdsRules),
        CreateNamespace = f.Bool("createNamespace", "Create the target namespace when it does not exist; it stays after an uninstall."),
        DisableHooks = f.Bool("disableHooks", "Run no hooks."),
        DisableOpenApiValidation = f.Bool("disableOpenAPIValidation", "Do not check rendered objects against the cluster's schemas."),
        DisableSchemaValidation = f.Bool("disableSchemaValidation", "Do not check values against the chart's schema."),
        DisableTakeOwnership = f.Bool("disableTakeOwnership", "Fail when an object exists already and belongs to somebody else."),
        DisableWait = f.Bool("disableWait", "Do not wait until the objects are ready."),
        DisableWaitForJobs = f.Bool("disableWaitForJobs", "Do not wait for Jobs to complete."),
        Remediation = f.Object("remediation", "What to do when the action fails.", InstallRemediation.ReadFields),
        Replace = f.Bool("replace", "Use the name of a release again that was uninstalled with its history kept."),
        ServerSideApply = f.Bool("serverSideApply", "Use server-side apply."),
        SkipCrds = f.Bool("skipCRDs", "Deprecated: use crds."),
        Strategy = f.Object("strategy", "How failures are dealt with.", InstallStrategy.ReadFields),
        Timeout = f.Duration("timeout", "How long one operation may take; the timeout of the release when absent.", TimeoutRules),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("crds", Crds)
        .Add("createNamespace", CreateNamespace)
        .Add("disableHooks", DisableHooks)
        .Add("disableOpenAPIValidation", DisableOpenApiValidation)
        .Add("disableSchemaValidation", DisableSchemaValidation)
        .Add("disableTakeOwnership", DisableTakeOwnership)
        .Add("disableWait", DisableWait)
        .Add("disableWaitForJobs", DisableWaitForJobs)
        .Add("remediation", Remediation?.WriteFields())
        .Add("replace", Replace)
        .Add("serverSideApply", ServerSideApply)
        .Add("skipCRDs", SkipCrds)
        .Add("strategy", Strategy?.WriteFields())
        .Add("timeout", Timeout)
        .Map;
}
