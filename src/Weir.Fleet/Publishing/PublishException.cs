namespace Weir.Fleet.Publishing;

/// <summary>A comment or a status cannot be published. The message says why and what to do, and holds no token.</summary>
public sealed class PublishException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>True when the server may have done what it was asked for, though its answer did not arrive.</summary>
    internal bool IsOutcomeUnknown { get; init; }

    /// <summary>The answer's status; 0 when there was none.</summary>
    internal int Status { get; init; }
}
