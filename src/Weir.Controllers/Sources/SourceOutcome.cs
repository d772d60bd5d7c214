namespace Weir.Controllers;

/// <summary>How a step of a source ended, and why.</summary>
internal sealed record SourceOutcome(SourceOutcomeKind Kind, string Reason = "", string Message = "")
{
    public static SourceOutcome Done { get; } = new(SourceOutcomeKind.Done);

    /// <summary>When a waiting source looks again.</summary>
    public TimeSpan After { get; init; } = TimeSpan.FromSeconds(30);

    public static SourceOutcome Failed(string reason, string message) => new(SourceOutcomeKind.Failed, reason, message);

    public static SourceOutcome Stalled(string reason, string message) => new(SourceOutcomeKind.Stalled, reason, message);

    public static SourceOutcome Waiting(string reason, string message) => new(SourceOutcomeKind.Waiting, reason, message);

    public static SourceOutcome Skipped(string reason, string message) => new(SourceOutcomeKind.Skipped, reason, message);
}
