using Weir.Values;

namespace Weir.Flux;

/// <summary>What a ExternalArtifact asks for.</summary>
public sealed record ExternalArtifactSpec
{
    /// <summary>The source.</summary>
    public ExternalArtifactSourceReference? SourceRef { get; init; }

    internal static ExternalArtifactSpec ReadFields(FieldReader f) => new()
    {
        SourceRef = f.Object("sourceRef", "The source.", ExternalArtifactSourceReference.ReadFields),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("sourceRef", SourceRef?.WriteFields())
        .Map;
}
