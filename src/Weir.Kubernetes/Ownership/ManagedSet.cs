namespace Weir.Kubernetes;

/// <summary>What a manager owns, in the version in which it said so, and when it last did (<see langword="null"/> when never told).</summary>
internal sealed record ManagedSet(FieldSet Fields, string ApiVersion, string? Time);
