namespace Weir.Controllers;

/// <summary>A line for the log about one object. Never holds a secret.</summary>
public sealed record LogEntry(LogLevel Level, string Kind, ObjectName Object, string Message, Exception? Error);
