using Weir.Values;

namespace Weir.Flux;

/// <summary>What is copied into the artifact.</summary>
public sealed record CopyOperation
{
    private static readonly FieldRules ExcludeRules = new() { MaxItems = 100 };
    private static readonly FieldRules FromRules = new() { IsRequired = true, Pattern = "^@([a-z0-9]([a-z0-9_-]*[a-z0-9])?)/(.*)$", MinLength = 1, MaxLength = 1024 };
    private static readonly FieldRules StrategyRules = new() { OneOf = ["Overwrite", "Merge", "Extract"] };
    private static readonly FieldRules ToRules = new() { IsRequired = true, Pattern = "^@(artifact)/(.*)$", MinLength = 1, MaxLength = 1024 };

    /// <summary>Patterns of files that are not copied.</summary>
    public FieldList<string>? Exclude { get; init; }

    /// <summary>What is copied, as @alias/glob.</summary>
    public string From { get; init; } = "";

    /// <summary>What happens to a file that exists already.</summary>
    public string? Strategy { get; init; }

    /// <summary>Where it goes, as @artifact/path.</summary>
    public string To { get; init; } = "";

    internal static CopyOperation ReadFields(FieldReader f) => new()
    {
        Exclude = f.Strings("exclude", "Patterns of files that are not copied.", ExcludeRules),
        From = f.String("from", "What is copied, as @alias/glob.", FromRules) ?? "",
        Strategy = f.String("strategy", "What happens to a file that exists already.", StrategyRules),
        To = f.String("to", "Where it goes, as @artifact/path.", ToRules) ?? "",
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("exclude", Exclude)
        .Add("from", From)
        .Add("strategy", Strategy)
        .Add("to", To)
        .Map;
}
