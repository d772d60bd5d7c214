using Weir.Values;

namespace Weir.Flux;

/// <summary>Where and how files are changed.</summary>
public sealed record ImageUpdateAutomationUpdate
{
    private static readonly FieldRules StrategyRules = new() { Default = "Setters", OneOf = ["Setters"] };

    /// <summary>The folder whose files are changed.</summary>
    public string? Path { get; init; }

    /// <summary>How files are changed.</summary>
    public string? Strategy { get; init; }

    internal static ImageUpdateAutomationUpdate ReadFields(FieldReader f) => new()
    {
        Path = f.String("path", "The folder whose files are changed."),
        Strategy = f.String("strategy", "How files are changed.", StrategyRules),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("path", Path)
        .Add("strategy", Strategy)
        .Map;
}
