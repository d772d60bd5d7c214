namespace Weir.Cli.Templating;

/// <summary>What a rendering printed.</summary>
/// <param name="Ok">Whether it went well.</param>
/// <param name="Output">The text for the standard output.</param>
/// <param name="Errors">The text for the standard error output.</param>
internal sealed record TemplateAnswer(bool Ok, string Output, string Errors);
