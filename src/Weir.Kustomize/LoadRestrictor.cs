namespace Weir.Kustomize;

/// <summary>Which files a kustomization may read.</summary>
public enum LoadRestrictor
{
    /// <summary>Files in or below the directory of the kustomization that names them.</summary>
    RootOnly,

    /// <summary>Any file of the tree.</summary>
    None,
}
