using System.Diagnostics.CodeAnalysis;
using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>The object after a write with its managers, or why there is none: conflicts, or a configuration that does not fit.</summary>
public sealed record OwnershipResult
{
    /// <summary>The object with its <c>managedFields</c>; <see langword="null"/> when the write was refused.</summary>
    public MapValue? Object { get; init; }

    /// <summary>True when the configuration says what the object has already; only managers may have changed.</summary>
    public bool IsUnchanged { get; init; }

    public IReadOnlyList<ApplyConflict> Conflicts { get; init; } = [];

    /// <summary>Why the configuration cannot be applied, other than conflicts. An API server answers 400 when <see cref="IsBadRequest"/>, else 500.</summary>
    public string? Error { get; init; }

    public bool IsBadRequest { get; init; }

    [MemberNotNullWhen(true, nameof(Object))]
    public bool IsAccepted => Object is not null;

    /// <summary>The message of a refusal because of conflicts, as an API server words it.</summary>
    public string ConflictMessage()
    {
        if (Conflicts.Count == 1)
        {
            return $"Apply failed with 1 conflict: conflict with {Conflicts[0].Manager}: {Conflicts[0].Field}";
        }

        var lines = new List<string>();
        foreach (var manager in Conflicts.GroupBy(c => c.Manager))
        {
            lines.Add($"conflicts with {manager.Key}:");
            lines.AddRange(manager.Select(c => "- " + c.Field));
        }

        return $"Apply failed with {Conflicts.Count} conflicts: {string.Join('\n', lines)}";
    }
}
