using System.Diagnostics.CodeAnalysis;
using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>The patched value, or why there is none. Exactly one of the two is there.</summary>
public readonly record struct PatchResult
{
    public PatchResult(Value value) => Value = value;

    public PatchResult(PatchError error) => Error = error;

    public Value? Value { get; }

    public PatchError? Error { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsApplied => Error is null;
}
