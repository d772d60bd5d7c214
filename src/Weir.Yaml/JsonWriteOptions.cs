namespace Weir.Yaml;

/// <summary>How JSON is written.</summary>
public sealed record JsonWriteOptions
{
    public static JsonWriteOptions Default { get; } = new();

    /// <summary>Spaces of one level; empty for one line without spaces.</summary>
    public string Indent { get; init; } = "";

    /// <summary>Whether <c>&lt;</c>, <c>&gt;</c> and <c>&amp;</c> are written as <c>\u003c</c> and so on.</summary>
    public bool EscapeHtml { get; init; } = true;

    /// <summary>Keep the map's own order instead of sorting keys.</summary>
    public bool KeepOrder { get; init; }
}
