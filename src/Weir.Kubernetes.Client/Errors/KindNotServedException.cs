namespace Weir.Kubernetes.Client;

/// <summary>The cluster serves no such kind, also after discovery was read again.</summary>
public sealed class KindNotServedException(GroupVersionKind kind)
    : Exception($"no matches for kind \"{kind.Kind}\" in version \"{kind.ApiVersion}\"")
{
    public GroupVersionKind Kind { get; } = kind;
}
