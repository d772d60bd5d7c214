using Weir.Values;

namespace Weir.Flux;

/// <summary>An inclusion that the artifact was made with.</summary>
public sealed record ObservedGitInclude
{
    /// <summary>The path inside the other artifact; all of it when absent.</summary>
    public string? FromPath { get; init; }

    /// <summary>The repository whose artifact is copied in.</summary>
    public LocalReference? Repository { get; init; }

    /// <summary>Where it is copied to; the repository's name when absent.</summary>
    public string? ToPath { get; init; }

    internal static ObservedGitInclude ReadFields(FieldReader f) => new()
    {
        FromPath = f.String("fromPath", "The path inside the other artifact; all of it when absent."),
        Repository = f.Object("repository", "The repository whose artifact is copied in.", LocalReference.ReadFields, FieldRules.Required),
        ToPath = f.String("toPath", "Where it is copied to; the repository's name when absent."),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("fromPath", FromPath)
        .Add("repository", Repository?.WriteFields())
        .Add("toPath", ToPath)
        .Map;
}
