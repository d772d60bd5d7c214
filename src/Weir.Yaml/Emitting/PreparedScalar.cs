namespace Weir.Yaml.Emitting;

/// <summary>A string with what decides its style.</summary>
internal readonly struct PreparedScalar(string text, ScalarStyle style, bool isBinary, ScalarAnalysis analysis)
{
    public string Text { get; } = text;

    /// <summary>The style that is wished; the text may not allow it.</summary>
    public ScalarStyle Style { get; } = style;

    /// <summary>True when the text is base64 of bytes that are no UTF-8.</summary>
    public bool IsBinary { get; } = isBinary;

    public ScalarAnalysis Analysis { get; } = analysis;
}
