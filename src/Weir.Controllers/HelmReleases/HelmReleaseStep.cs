namespace Weir.Controllers;

/// <summary>How a run over a HelmRelease ended, named by what happens next.</summary>
internal enum HelmReleaseStep
{
    /// <summary>Come back at the interval.</summary>
    Done,

    /// <summary>Go on at once.</summary>
    Again,

    /// <summary>Try again after the strategy's interval.</summary>
    RetryLater,

    /// <summary>The source or a dependency is not there yet.</summary>
    Waiting,

    /// <summary>Nothing may be changed now: look again when the maintenance window opens.</summary>
    Closed,

    /// <summary>No retry helps before something changes.</summary>
    Stalled,

    /// <summary>Try again after a growing time.</summary>
    Failed,
}
