namespace Weir.Yaml.Scanning;

/// <summary>One token. What <see cref="Text"/> and <see cref="Suffix"/> mean depends on the kind.</summary>
internal struct Token
{
    public TokenKind Kind;

    /// <summary>True for a scalar that stands without quotes or block indicator.</summary>
    public bool IsPlain;

    /// <summary>The level whose simple key this token may start, or -1.</summary>
    public int KeyLevel;

    public Mark Start;

    public Mark End;

    /// <summary>Anchor name, tag handle, directive handle; of a scalar its content, unless it is a slice of the text.</summary>
    public string? Text;

    /// <summary>Tag suffix or directive prefix.</summary>
    public string? Suffix;

    /// <summary>Where the content of a scalar stands in the text when <see cref="Text"/> is null; major version of a directive.</summary>
    public int SliceStart;

    /// <summary>Length of the slice; minor version of a directive.</summary>
    public int SliceLength;
}
