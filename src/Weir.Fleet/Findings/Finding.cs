using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Fleet;

/// <summary>A danger in a change.</summary>
/// <param name="Rule">Its stable name, such as <c>data-deletion</c>.</param>
/// <param name="Severity">How bad it can get.</param>
/// <param name="Unit">Where it happens.</param>
/// <param name="Object">The object; <see langword="null"/> when the unit itself is meant.</param>
/// <param name="Message">What happens, in one sentence.</param>
/// <param name="Span">The place in the repository, when it is known.</param>
public sealed record Finding(string Rule, FindingSeverity Severity, UnitId Unit, ObjectKey? Object, string Message, SourceSpan Span);
