namespace Weir.Kubernetes.Client;

/// <summary>An object that is waited for. One that cleans itself up (a Job with a time to live) counts as done when it is gone.</summary>
public sealed record HealthTarget(ObjectKey Key, string Version, bool MayVanish = false)
{
    public GroupVersionKind Kind => new(Key.Group, Version, Key.Kind);
}
