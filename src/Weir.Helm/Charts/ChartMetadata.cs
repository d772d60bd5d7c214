namespace Weir.Helm;

/// <summary>The content of <c>Chart.yaml</c>. Absent texts are empty; absent lists are <see langword="null"/>, as Go keeps them.</summary>
public sealed record ChartMetadata
{
    public string Name { get; init; } = "";

    public string Home { get; init; } = "";

    public IReadOnlyList<string>? Sources { get; init; }

    public string Version { get; init; } = "";

    public string Description { get; init; } = "";

    public IReadOnlyList<string>? Keywords { get; init; }

    public IReadOnlyList<ChartMaintainer?>? Maintainers { get; init; }

    public string Icon { get; init; } = "";

    public string ApiVersion { get; init; } = "";

    public string Condition { get; init; } = "";

    public string Tags { get; init; } = "";

    public string AppVersion { get; init; } = "";

    public bool Deprecated { get; init; }

    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    public string KubeVersion { get; init; } = "";

    public IReadOnlyList<ChartDependency?>? Dependencies { get; init; }

    /// <summary><c>application</c>, <c>library</c> or empty.</summary>
    public string Type { get; init; } = "";
}
