using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>What a write to an object needs to know to keep track of who owns its fields.</summary>
public sealed record OwnershipContext
{
    /// <summary>The schema of the object in the version of the request.</summary>
    public required Schema Schema { get; init; }

    /// <summary>The group and version of the request: <c>apps/v1</c>.</summary>
    public required string ApiVersion { get; init; }

    public required string Kind { get; init; }

    /// <summary>The subresource that is written; empty for the object itself.</summary>
    public string Subresource { get; init; } = "";

    /// <summary>The present time in seconds: <c>2026-01-31T12:00:00Z</c>.</summary>
    public required string Now { get; init; }

    /// <summary>Fields that this endpoint does not write, such as <c>status</c> on the main resource. Nobody owns them through it.</summary>
    public FieldSet ResetFields { get; init; } = FieldSet.Empty;

    /// <summary>An object of this kind that says nothing, as the API server creates one; <see langword="null"/> for one without fields.</summary>
    public MapValue? EmptyObject { get; init; }

    /// <summary>The schema of another version of the kind, or <see langword="null"/> when it is not served any more. Null when the kind has one version.</summary>
    public Func<string, Schema?>? SchemaOf { get; init; }

    /// <summary>The object in another version. Null when versions differ by name only.</summary>
    public Func<MapValue, string, MapValue?>? Convert { get; init; }
}
