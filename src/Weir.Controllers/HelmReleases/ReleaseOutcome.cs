namespace Weir.Controllers;

/// <summary>How the loop of Helm actions ended, named by what happens next.</summary>
internal enum ReleaseOutcome
{
    /// <summary>The release is as wanted, or nothing more can be done now: come back at the interval.</summary>
    Done,

    /// <summary>Go on at once.</summary>
    Again,

    /// <summary>Try again after the strategy's interval.</summary>
    RetryLater,

    /// <summary>Try again after a growing time.</summary>
    Failed,

    /// <summary>No retry helps before something changes.</summary>
    Stalled,

    /// <summary>Something changed meanwhile: start over at once.</summary>
    Interrupted,
}
