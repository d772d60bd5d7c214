namespace Weir.Controllers;

/// <summary>How much a log line matters, least first.</summary>
public enum LogLevel
{
    Trace,
    Debug,
    Info,
    Error,
}
