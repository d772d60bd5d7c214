using Weir.Values;

namespace Weir.Controllers;

/// <summary>Something worth telling about an object.</summary>
/// <param name="Object">The object it is about; only its identity is read.</param>
/// <param name="Severity">How much it matters.</param>
/// <param name="Reason">Why, in one word.</param>
/// <param name="Message">What happened.</param>
/// <param name="Metadata">More, with keys that begin with the API group.</param>
/// <param name="Controller">Who says so.</param>
public sealed record FluxEvent(
    MapValue Object,
    EventSeverity Severity,
    string Reason,
    string Message,
    IReadOnlyDictionary<string, string> Metadata,
    string Controller);
