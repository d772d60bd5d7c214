namespace Weir.Fleet;

/// <summary>How a comment is written.</summary>
public sealed record MarkdownOptions
{
    public static MarkdownOptions Default { get; } = new();

    /// <summary>Most characters of the text.</summary>
    public int Budget { get; init; } = MarkdownReport.DefaultBudget;

    /// <summary>Where the whole report can be read; <see langword="null"/> when nowhere.</summary>
    public Uri? Link { get; init; }

    /// <summary>The severity from which a finding is a failure; <see langword="null"/> for none.</summary>
    public FindingSeverity? FailsOn { get; init; } = FindingSeverity.Error;
}
