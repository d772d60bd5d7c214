using Weir.Values;

namespace Weir.Flux;

/// <summary>What to do when the action fails.</summary>
public sealed record InstallRemediation
{
    /// <summary>Do not remediate when only tests failed.</summary>
    public bool? IgnoreTestFailures { get; init; }

    /// <summary>Remediate also when no tries are left.</summary>
    public bool? RemediateLastFailure { get; init; }

    /// <summary>How often to try again; negative means without end.</summary>
    public long? Retries { get; init; }

    internal static InstallRemediation ReadFields(FieldReader f) => new()
    {
        IgnoreTestFailures = f.Bool("ignoreTestFailures", "Do not remediate when only tests failed."),
        RemediateLastFailure = f.Bool("remediateLastFailure", "Remediate also when no tries are left."),
        Retries = f.Int("retries", "How often to try again; negative means without end.", null),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("ignoreTestFailures", IgnoreTestFailures)
        .Add("remediateLastFailure", RemediateLastFailure)
        .Add("retries", Retries)
        .Map;
}
