namespace Weir.Kustomize;

/// <summary>The order of the objects of a build, unless the kustomization has its own <c>sortOptions</c>.</summary>
public enum ResourceOrder
{
    /// <summary>As they came in: what a GitOps controller wants.</summary>
    None,

    /// <summary>Namespaces and what others need first, webhooks last: what <c>kustomize build</c> prints.</summary>
    Legacy,
}
