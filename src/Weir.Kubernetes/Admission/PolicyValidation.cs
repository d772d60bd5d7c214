namespace Weir.Kubernetes;

/// <summary>One of a policy's validations.</summary>
/// <param name="Rule">Must be true.</param>
/// <param name="MessageRule">Makes the message; <see langword="null"/> when absent.</param>
/// <param name="Message">Empty when absent.</param>
/// <param name="Reason">Empty when absent.</param>
internal sealed record PolicyValidation(PolicyExpression Rule, PolicyExpression? MessageRule, string Message, string Reason);
