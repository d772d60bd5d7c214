using Weir.Values;

namespace Weir.Flux;

/// <summary>How the release is rolled back.</summary>
public sealed record HelmRollback
{
    private static readonly FieldRules ServerSideApplyRules = new() { OneOf = ["enabled", "disabled", "auto"] };
    private static readonly FieldRules TimeoutRules = new() { Pattern = FieldRules.DurationPattern };

    /// <summary>Delete objects that this action created when it fails.</summary>
    public bool? CleanupOnFail { get; init; }

    /// <summary>Run no hooks.</summary>
    public bool? DisableHooks { get; init; }

    /// <summary>Do not wait until the objects are ready.</summary>
    public bool? DisableWait { get; init; }

    /// <summary>Do not wait for Jobs to complete.</summary>
    public bool? DisableWaitForJobs { get; init; }

    /// <summary>Replace objects that cannot be patched.</summary>
    public bool? Force { get; init; }

    /// <summary>Deprecated: does nothing.</summary>
    public bool? Recreate { get; init; }

    /// <summary>Use server-side apply: enabled, disabled, or as the release did before.</summary>
    public string? ServerSideApply { get; init; }

    /// <summary>How long one operation may take; the timeout of the release when absent.</summary>
    public FluxDuration? Timeout { get; init; }

    internal static HelmRollback ReadFields(FieldReader f) => new()
    {
        CleanupOnFail = f.Bool("cleanupOnFail", "Delete objects that this action created when it fails."),
        DisableHooks = f.Bool("disableHooks", "Run no hooks."),
        DisableWait = f.Bool("disableWait", "Do not wait until the objects are ready."),
        DisableWaitForJobs = f.Bool("disableWaitForJobs", "Do not wait for Jobs to complete."),
        Force = f.Bool("force", "Replace objects that cannot be patched."),
        Recreate = f.Bool("recreate", "Deprecated: does nothing."),
        ServerSideApply = f.String("serverSideApply", "Use server-side apply: enabled, disabled, or as the release did before.", ServerSideApplyRules),
        Timeout = f.Duration("timeout", "How long one operation may take; the timeout of the release when absent.", TimeoutRules),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("cleanupOnFail", CleanupOnFail)
        .Add("disableHooks", DisableHooks)
        .Add("disableWait", DisableWait)
        .Add("disableWaitForJobs", DisableWaitForJobs)
        .Add("force", Force)
        .Add("recreate", Recreate)
        .Add("serverSideApply", ServerSideApply)
        .Add("timeout", Timeout)
        .Map;
}
