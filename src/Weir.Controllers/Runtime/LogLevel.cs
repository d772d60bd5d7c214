namespace Weir.Controllers;

/// <summary>How much a log line matters.</summary>
public enum LogLevel
{
    Info,
    Error,
}
