namespace Weir.Controllers;

/// <summary>How a step of a source ended.</summary>
internal enum SourceOutcomeKind
{
    /// <summary>Go on; at the end come back at the interval.</summary>
    Done,

    /// <summary>Nothing is to be done, and that is fine.</summary>
    Skipped,

    /// <summary>Try again after a growing time.</summary>
    Failed,

    /// <summary>Something else is missing; look again after a fixed time.</summary>
    Waiting,

    /// <summary>No retry helps before the object changes.</summary>
    Stalled,
}
