using Weir.Values;

namespace Weir.Flux;

/// <summary>What is made.</summary>
public sealed record OutputArtifact
{
    private static readonly FieldRules CopyRules = new() { IsRequired = true, MinItems = 1 };
    private static readonly FieldRules NameRules = new() { IsRequired = true, MinLength = 1, MaxLength = 253 };
    private static readonly FieldRules OriginRevisionRules = new() { Pattern = "^@([a-z0-9]([a-z0-9_-]*[a-z0-9])?)$", MaxLength = 64 };
    private static readonly FieldRules RevisionRules = new() { Pattern = "^@([a-z0-9]([a-z0-9_-]*[a-z0-9])?)$", MaxLength = 64 };

    /// <summary>What is copied into the artifact.</summary>
    public FieldList<CopyOperation>? Copy { get; init; }

    /// <summary>The name of the ExternalArtifact.</summary>
    public string Name { get; init; } = "";

    /// <summary>The source whose origin revision is passed on, as @alias.</summary>
    public string? OriginRevision { get; init; }

    /// <summary>The source whose revision is used, as @alias.</summary>
    public string? Revision { get; init; }

    internal static OutputArtifact ReadFields(FieldReader f) => new()
    {
        Copy = f.Objects("copy", "What is copied into the artifact.", CopyOperation.ReadFields, CopyRules),
        Name = f.String("name", "The name of the ExternalArtifact.", NameRules) ?? "",
        OriginRevision = f.String("originRevision", "The source whose origin revision is passed on, as @alias.", OriginRevisionRules),
        Revision = f.String("revision", "The source whose revision is used, as @alias.", RevisionRules),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("copy", Copy, static x => x.WriteFields())
        .Add("name", Name)
        .Add("originRevision", OriginRevision)
        .Add("revision", Revision)
        .Map;
}
