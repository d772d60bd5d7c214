namespace Weir.Kubernetes.Client;

/// <summary>How a set of objects is applied.</summary>
public sealed record ApplySetOptions
{
    /// <summary>Who owns the applied fields.</summary>
    public required string FieldManager { get; init; }

    /// <summary>Delete and create again what cannot be changed in place.</summary>
    public bool Recreates { get; init; }

    /// <summary>Nothing is written: the changes say what would be.</summary>
    public bool OnlyCompares { get; init; }

    /// <summary>Objects with one of these marks are left alone, here or in the cluster.</summary>
    public IReadOnlyList<MetadataSelector> Excluded { get; init; } = [];

    /// <summary>Objects with one of these marks are created and never changed.</summary>
    public IReadOnlyList<MetadataSelector> OnlyCreated { get; init; } = [];

    /// <summary>Objects with one of these marks are recreated as if <see cref="Recreates"/> were set.</summary>
    public IReadOnlyList<MetadataSelector> Recreated { get; init; } = [];

    /// <summary>Objects with one of these marks keep the fields of other managers.</summary>
    public IReadOnlyList<MetadataSelector> Merged { get; init; } = [];

    /// <summary>Managers whose fields are taken over.</summary>
    public IReadOnlyList<FieldManagerRule> Replaced { get; init; } = [];

    /// <summary>Annotations that are removed from objects in the cluster.</summary>
    public IReadOnlyList<string> RemovedAnnotations { get; init; } = [];

    /// <summary>Labels that are removed from objects in the cluster.</summary>
    public IReadOnlyList<string> RemovedLabels { get; init; } = [];

    /// <summary>Differences that do not count and are not applied.</summary>
    public IReadOnlyList<DriftIgnoreRule> Ignored { get; init; } = [];

    /// <summary>Kinds applied after definitions and before the rest, as <c>group/kind</c>.</summary>
    public IReadOnlySet<(string Group, string Kind)> CustomStage { get; init; } = new HashSet<(string, string)>();

    /// <summary>How many objects are compared with the cluster at once.</summary>
    public int Concurrency { get; init; } = 4;

    /// <summary>How long definitions may take to become ready.</summary>
    public TimeSpan DefinitionTimeout { get; init; } = TimeSpan.FromSeconds(60);
}
