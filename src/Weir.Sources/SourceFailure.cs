namespace Weir.Sources;

/// <summary>Why a source could not be read, as far as it matters for what happens next.</summary>
public enum SourceFailure
{
    /// <summary>The server cannot be reached, or failed; a later try may succeed.</summary>
    Unreachable,

    /// <summary>The credentials are missing or wrong.</summary>
    Unauthorized,

    /// <summary>There is no such repository, tag, chart or version.</summary>
    NotFound,

    /// <summary>The artifact is there, but has no layer of the kind asked for.</summary>
    NoLayer,

    /// <summary>What is asked for is wrong itself: a URL or a range that is none.</summary>
    InvalidRequest,

    /// <summary>The answer is larger than allowed.</summary>
    TooLarge,

    /// <summary>The answer is not what it should be: a wrong digest, an index that cannot be parsed.</summary>
    Damaged,
}
