namespace Weir.Controllers;

/// <summary>How the stored release stands to what is wanted.</summary>
internal enum ReleaseStateKind
{
    /// <summary>There is none.</summary>
    Absent,

    /// <summary>An interrupted action holds it.</summary>
    Locked,

    /// <summary>It is there, and not as the status remembers it.</summary>
    Unmanaged,

    /// <summary>Chart, values or post-renderers differ.</summary>
    OutOfSync,

    /// <summary>Its tests have not run.</summary>
    Untested,

    /// <summary>It failed, or its tests did.</summary>
    Failed,

    /// <summary>Its uninstallation began and was not finished. Flux does not go on from here.</summary>
    Leaving,

    /// <summary>The cluster differs from its manifest.</summary>
    Drifted,

    InSync,
}
