using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Fleet;

/// <summary>An object that one side has and the other has not, or has differently. Data of Secrets is masked already.</summary>
public sealed record ObjectChange
{
    public required ChangeKind Kind { get; init; }

    /// <summary>The object; after the change when it was renamed.</summary>
    public required ObjectKey Key { get; init; }

    /// <summary>The name before, when it was renamed; else empty.</summary>
    public string OldName { get; init; } = "";

    public MapValue? Before { get; init; }

    public MapValue? After { get; init; }

    /// <summary>The fields that differ, when it was changed or renamed.</summary>
    public IReadOnlyList<FieldChange> Fields { get; init; } = [];
}
