namespace Weir.Helm;

/// <summary>Small rules for text that several functions share.</summary>
internal static class HelmText
{
    public static string WithoutLastLineBreak(string text) => text.EndsWith('\n') ? text[..^1] : text;

    /// <summary>Templates print <c>&lt;no value&gt;</c> for what is missing; Helm deletes these words wherever they stand.</summary>
    public static string WithoutNoValue(string text) =>
        text.Contains("<no value>", StringComparison.Ordinal) ? text.Replace("<no value>", "", StringComparison.Ordinal) : text;
}
