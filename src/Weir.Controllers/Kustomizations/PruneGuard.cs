namespace Weir.Controllers;

/// <summary>Which renderings are refused because applying them would delete everything that a Kustomization manages.</summary>
public enum PruneGuard
{
    /// <summary>None, as in Flux.</summary>
    Off,

    /// <summary>Those without objects.</summary>
    Empty,

    /// <summary>Also those that share no object with the last.</summary>
    Replaced,
}
