namespace Weir.Kubernetes;

/// <summary>One of a policy's mutations.</summary>
/// <param name="Expression">Answers a list of patches, or an object to merge.</param>
/// <param name="IsJsonPatch">Which of the two.</param>
internal sealed record PolicyMutation(PolicyExpression Expression, bool IsJsonPatch);
