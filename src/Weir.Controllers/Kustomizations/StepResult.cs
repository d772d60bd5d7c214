namespace Weir.Controllers;

/// <summary>How a step of a Kustomization ended, named by what happens next.</summary>
internal enum StepResult
{
    /// <summary>Go on with the next step.</summary>
    Done,

    /// <summary>Try again at the retry interval.</summary>
    Failed,

    /// <summary>The source or a dependency is not there yet: look again soon, or when it tells.</summary>
    Waiting,

    /// <summary>Nothing may be changed now: look again when the maintenance window opens.</summary>
    Closed,

    /// <summary>Something changed meanwhile: start over at once.</summary>
    Interrupted,

    /// <summary>No retry helps before the object changes.</summary>
    Stalled,

    /// <summary>Try again after a growing time.</summary>
    Broken,
}
