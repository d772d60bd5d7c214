using Weir.Values;

namespace Weir.Yaml;

/// <summary>How a YAML text is read.</summary>
public sealed record YamlReadOptions
{
    public static YamlReadOptions Default { get; } = new();

    /// <summary>The name that source spans carry; <see langword="null"/> when the text has none.</summary>
    public string? File { get; init; }

    public YamlDialect Dialect { get; init; } = YamlDialect.SigsYaml;

    /// <summary>Every number becomes a float, as <c>encoding/json</c> decodes into <c>any</c>: what Helm does with values.</summary>
    public bool NumbersAsFloat { get; init; }

    /// <summary>A key that stands twice is an error (strict) instead of a warning; the last one wins.</summary>
    public bool DuplicateKeysAreErrors { get; init; }

    /// <summary>Deepest nesting of lists and maps.</summary>
    public int MaxDepth { get; init; } = 1_000;

    /// <summary>Largest text in bytes.</summary>
    public long MaxBytes { get; init; } = 128L * 1024 * 1024;

    /// <summary>Most nodes that aliases may add to a document.</summary>
    public int MaxAliasNodes { get; init; } = 1_000_000;

    /// <summary>
    /// Makes the value of a scalar that is no string and no key from its text, its short tag such as <c>!!int</c> and the
    /// value it has by default; <see langword="null"/> takes that value. For readers to whom <c>1.10</c> is more than 1.1.
    /// A string in folded style is given too, with the tag <c>!folded</c>.
    /// </summary>
    public Func<string, string, Value, Value>? ScalarFactory { get; init; }
}
