namespace Weir.Kubernetes;

/// <summary>A request that policies do not admit, as the Status of the answer tells it.</summary>
/// <param name="Message">The whole message.</param>
/// <param name="Reason">Such as <c>Invalid</c>.</param>
/// <param name="Code">The HTTP status.</param>
/// <param name="Causes">The messages of the causes.</param>
public sealed record AdmissionRefusal(string Message, string Reason, int Code, IReadOnlyList<string> Causes);
