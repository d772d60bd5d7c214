namespace Weir.Controllers;

/// <summary>How much an event matters. Traces are kept in the cluster and sent to nobody.</summary>
public enum EventSeverity
{
    Trace,
    Info,
    Error,
}
