namespace Weir.Kubernetes;

/// <summary>Whether an access is granted, and why.</summary>
public readonly record struct AccessAnswer(bool IsAllowed, string Reason = "");
