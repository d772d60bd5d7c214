using Weir.Values;

namespace Weir.Cel;

/// <summary>The answer of an authorizer.</summary>
/// <param name="isAllowed">Whether the access is granted.</param>
/// <param name="reason">Why; empty when the authorizer says nothing.</param>
/// <param name="error">What went wrong while deciding; <see langword="null"/> when nothing did.</param>
public sealed class CelDecision(bool isAllowed, string reason, string? error = null) : CelValue
{
    internal static CelType DecisionType { get; } = CelType.Object("kubernetes.authorization.Decision");

    public bool IsAllowed { get; } = isAllowed;

    public string Reason { get; } = reason;

    public string? Error { get; } = error;

    public override CelType Type => DecisionType;

    public override bool Equals(Value? other) =>
        other is CelDecision d && d.IsAllowed == IsAllowed && d.Reason == Reason && d.Error == Error;

    public override int GetHashCode() => HashCode.Combine(IsAllowed, Reason);
}
