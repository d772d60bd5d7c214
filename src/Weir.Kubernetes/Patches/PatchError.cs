namespace Weir.Kubernetes;

/// <summary>Why a patch does not apply, in the words of Kubernetes.</summary>
public sealed record PatchError(PatchErrorReason Reason, string Message);
