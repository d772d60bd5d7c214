namespace Weir.Controllers;

/// <summary>A line for the log; about one object, or about the engine when <paramref name="Kind"/> is empty. Never holds a secret.</summary>
public sealed record LogEntry(LogLevel Level, string Kind, ObjectName Object, string Message, Exception? Error)
{
    /// <summary>The API group of the kind; empty when unknown.</summary>
    public string Group { get; init; } = "";

    /// <summary>Which run the line belongs to; empty for none.</summary>
    public string ReconcileId { get; init; } = "";

    /// <summary>What went wrong, in words.</summary>
    public string ErrorText { get; init; } = "";

    /// <summary>The trace that the line belongs to; empty for none.</summary>
    public string TraceId { get; init; } = "";
}
