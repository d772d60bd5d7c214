namespace Weir.Kubernetes;

/// <summary>A resource as discovery describes it.</summary>
public sealed record ResourceType
{
    public required string Group { get; init; }

    public required string Version { get; init; }

    public required string Kind { get; init; }

    /// <summary>The name in paths: <c>deployments</c>.</summary>
    public required string Plural { get; init; }

    public required string Singular { get; init; }

    public string ListKind { get => field ?? Kind + "List"; init; }

    public IReadOnlyList<string> ShortNames { get; init; } = [];

    public IReadOnlyList<string> Categories { get; init; } = [];

    public bool IsNamespaced { get; init; }

    public ResourceVerbs Verbs { get; init; } = ResourceVerbs.All;

    /// <summary>Sorted by name.</summary>
    public IReadOnlyList<SubresourceType> Subresources { get; init; } = [];

    public GroupVersionKind GroupVersionKind => new(Group, Version, Kind);

    /// <summary><c>deployments.apps</c>; the plural alone in the core group.</summary>
    public string GroupResource => Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    public bool Can(ResourceVerbs verb) => (Verbs & verb) == verb;

    /// <summary>The subresource of this name, or <see langword="null"/>.</summary>
    public SubresourceType? Subresource(string name)
    {
        foreach (var subresource in Subresources)
        {
            if (subresource.Name == name)
            {
                return subresource;
            }
        }

        return null;
    }
}
