namespace Weir.GoTemplate;

/// <summary>How the templates of a set are read and executed.</summary>
public sealed record TemplateSetOptions
{
    public static TemplateSetOptions Default { get; } = new();

    /// <summary>What messages call the set: the name of the template that the others are associated with.</summary>
    public string Name { get; init; } = "";

    public MissingKey MissingKey { get; init; }

    public string LeftDelimiter { get; init; } = "{{";

    public string RightDelimiter { get; init; } = "}}";

    /// <summary>Deepest nesting of parentheses, and of blocks, in a text.</summary>
    public int MaxParseDepth { get; init; } = 10_000;
}
