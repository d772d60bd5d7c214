namespace Weir.Values;

/// <summary>How much a diagnostic matters. Only errors keep a result from being used.</summary>
public enum Severity
{
    Info,
    Warning,
    Error,
}
