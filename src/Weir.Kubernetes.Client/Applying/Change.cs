namespace Weir.Kubernetes.Client;

/// <summary>What was done to one object.</summary>
public sealed record Change(ObjectKey Key, string Version, ChangeAction Action)
{
    public GroupVersionKind Kind => new(Key.Group, Version, Key.Kind);

    /// <summary>True when the cluster is not as it was.</summary>
    public bool HasEffect => Action is ChangeAction.Created or ChangeAction.Configured or ChangeAction.Deleted;

    /// <summary><c>Kind/namespace/name created</c>, as Flux writes it.</summary>
    public override string ToString() => $"{Key} {Word(Action)}";

    private static string Word(ChangeAction action) => action switch
    {
        ChangeAction.Created => "created",
        ChangeAction.Configured => "configured",
        ChangeAction.Unchanged => "unchanged",
        ChangeAction.Deleted => "deleted",
        _ => "skipped",
    };
}
