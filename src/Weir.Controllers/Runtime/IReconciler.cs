using Weir.Kubernetes;

namespace Weir.Controllers;

/// <summary>Brings one kind of object to what it asks for.</summary>
internal interface IReconciler
{
    GroupVersionKind Kind { get; }

    /// <summary>
    /// Works on one object. <paramref name="interruption"/> is cancelled when something about the object changes meanwhile:
    /// waits end early then, writes do not.
    /// </summary>
    Task<ReconcileResult> ReconcileAsync(ObjectName name, CancellationToken interruption, CancellationToken cancellationToken);
}
