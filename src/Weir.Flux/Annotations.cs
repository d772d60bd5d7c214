namespace Weir.Flux;

/// <summary>Annotations, labels and finalizers that Flux reads and writes.</summary>
public static class Annotations
{
    public const string RequestedAt = "reconcile.fluxcd.io/requestedAt";
    public const string ForceAt = "reconcile.fluxcd.io/forceAt";
    public const string ResetAt = "reconcile.fluxcd.io/resetAt";

    /// <summary>A label on ConfigMaps and Secrets whose changes trigger those that refer to them.</summary>
    public const string Watch = "reconcile.fluxcd.io/watch";

    /// <summary>On a Kustomization, <c>detect-only</c>: drift is told and not corrected.</summary>
    public const string Drift = "weir.dev/drift";

    /// <summary>On a Kustomization, a revision or <c>true</c>: that revision, or any, may delete everything that is managed.</summary>
    public const string PruneEverything = "weir.dev/prune-everything";

    /// <summary>On a Kustomization or HelmRelease: when it may be changed, such as <c>Mon-Fri 22:00-04:00 Europe/Berlin</c>.</summary>
    public const string MaintenanceWindows = "weir.dev/maintenance-windows";

    public const string Finalizer = "finalizers.fluxcd.io";
}
