namespace Weir.Sources.Git;

/// <summary>Why git failed, as far as it matters for what happens next.</summary>
public enum GitFailure
{
    /// <summary>The server cannot be reached, or failed; a later try may succeed.</summary>
    Unreachable,

    /// <summary>The credentials are missing or wrong.</summary>
    Unauthorized,

    /// <summary>The repository has no such reference or commit.</summary>
    ReferenceNotFound,

    /// <summary>The request itself is wrong, such as a range that is none.</summary>
    InvalidRequest,
}
