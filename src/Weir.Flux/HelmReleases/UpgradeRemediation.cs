using Weir.Values;

namespace Weir.Flux;

/// <summary>What to do when the action fails.</summary>
public sealed record UpgradeRemediation
{
    private static readonly FieldRules StrategyRules = new() { OneOf = ["rollback", "uninstall"] };

    /// <summary>Do not remediate when only tests failed.</summary>
    public bool? IgnoreTestFailures { get; init; }

    /// <summary>Remediate also when no tries are left.</summary>
    public bool? RemediateLastFailure { get; init; }

    /// <summary>How often to try again; negative means without end.</summary>
    public long? Retries { get; init; }

    /// <summary>Roll back or uninstall.</summary>
    public string? Strategy { get; init; }

    internal static UpgradeRemediation ReadFields(FieldReader f) => new()
    {
        IgnoreTestFailures = f.Bool("ignoreTestFailures", "Do not remediate when only tests failed."),
        RemediateLastFailure = f.Bool("remediateLastFailure", "Remediate also when no tries are left."),
        Retries = f.Int("retries", "How often to try again; negative means without end.", null),
        Strategy = f.String("strategy", "Roll back or uninstall.", StrategyRules),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("ignoreTestFailures", IgnoreTestFailures)
        .Add("remediateLastFailure", RemediateLastFailure)
        .Add("retries", Retries)
        .Add("strategy", Strategy)
        .Map;
}
