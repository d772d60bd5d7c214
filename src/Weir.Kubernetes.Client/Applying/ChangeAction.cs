namespace Weir.Kubernetes.Client;

/// <summary>What was done to an object.</summary>
public enum ChangeAction
{
    Created,
    Configured,
    Unchanged,
    Deleted,
    Skipped,
}
