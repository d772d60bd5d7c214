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

    public const string Finalizer = "finalizers.fluxcd.io";
}
