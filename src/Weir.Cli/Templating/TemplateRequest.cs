namespace Weir.Cli.Templating;

/// <summary>One chart to render, with everything that <c>weir template</c> takes.</summary>
internal sealed record TemplateRequest
{
    public required string Chart { get; init; }

    public string Release { get; init; } = "release-name";

    public string Namespace { get; init; } = "default";

    public IReadOnlyList<string> ValueFiles { get; init; } = [];

    public IReadOnlyList<string> Set { get; init; } = [];

    public IReadOnlyList<string> SetString { get; init; } = [];

    public IReadOnlyList<string> SetJson { get; init; } = [];

    public IReadOnlyList<string> SetFile { get; init; } = [];

    public IReadOnlyList<string> SetLiteral { get; init; } = [];

    public string? KubeVersion { get; init; }

    public IReadOnlyList<string> ApiVersions { get; init; } = [];

    public bool IncludeCrds { get; init; }

    public bool SkipTests { get; init; }

    public bool NoHooks { get; init; }

    public bool IsUpgrade { get; init; }

    public bool SkipSchemaValidation { get; init; }

    public bool SubchartNotes { get; init; }

    public bool EnableDns { get; init; }

    public IReadOnlyList<string> ShowOnly { get; init; } = [];

    public string? OutputDirectory { get; init; }

    public bool UseReleaseName { get; init; }

    /// <summary>The text that random values grow from; <see langword="null"/> for real random text.</summary>
    public string? Seed { get; init; }

    /// <summary>A file of objects that <c>lookup</c> finds.</summary>
    public string? LookupFile { get; init; }

    /// <summary>A program that all documents pass through.</summary>
    public string? PostRenderer { get; init; }

    public IReadOnlyList<string> PostRendererArguments { get; init; } = [];
}
