using Weir.Values;

namespace Weir.Flux;

/// <summary>What a ArtifactGenerator asks for.</summary>
public sealed record ArtifactGeneratorSpec
{
    private static readonly FieldRules ArtifactsRules = new() { IsRequired = true, MinItems = 1, MaxItems = 1000 };
    private static readonly FieldRules PathPatternRules = new() { Pattern = "^@([a-z0-9]([a-z0-9_-]*[a-z0-9])?)/(.*)$", MaxLength = 1024 };
    private static readonly FieldRules SourcesRules = new() { IsRequired = true, MinItems = 1, MaxItems = 1000 };

    /// <summary>What is made.</summary>
    public FieldList<OutputArtifact>? Artifacts { get; init; }

    /// <summary>Labels and annotations every object gets.</summary>
    public CommonMetadata? CommonMetadata { get; init; }

    /// <summary>A path with placeholders; each match makes its own artifact.</summary>
    public string? PathPattern { get; init; }

    /// <summary>What it is made from.</summary>
    public FieldList<AliasedSource>? Sources { get; init; }

    internal static ArtifactGeneratorSpec ReadFields(FieldReader f)
    {
        f.Rule("has(self.pathPattern) && size(self.pathPattern) > 0 || self.artifacts.all(a, a.name.matches('^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$'))", "artifact names must be valid Kubernetes object names when pathPattern is not set");
        return new()
        {
            Artifacts = f.Objects("artifacts", "What is made.", OutputArtifact.ReadFields, ArtifactsRules),
            CommonMetadata = f.Object("commonMetadata", "Labels and annotations every object gets.", CommonMetadata.ReadFields),
            PathPattern = f.String("pathPattern", "A path with placeholders; each match makes its own artifact.", PathPatternRules),
            Sources = f.Objects("sources", "What it is made from.", AliasedSource.ReadFields, SourcesRules),
        };
    }

    internal MapValue WriteFields() => new FieldWriter()
        .Add("artifacts", Artifacts, static x => x.WriteFields())
        .Add("commonMetadata", CommonMetadata?.WriteFields())
        .Add("pathPattern", PathPattern)
        .Add("sources", Sources, static x => x.WriteFields())
        .Map;
}
