using Weir.Values;

namespace Weir.Flux;

/// <summary>How the chart is tested.</summary>
public sealed record HelmTest
{
    private static readonly FieldRules TimeoutRules = new() { Pattern = FieldRules.DurationPattern };

    /// <summary>Run the chart's tests after an install or upgrade.</summary>
    public bool? Enable { get; init; }

    /// <summary>Tests to run or to leave out.</summary>
    public FieldList<TestFilter>? Filters { get; init; }

    /// <summary>A failed test does not make the release fail.</summary>
    public bool? IgnoreFailures { get; init; }

    /// <summary>How long one operation may take; the timeout of the release when absent.</summary>
    public FluxDuration? Timeout { get; init; }

    internal static HelmTest ReadFields(FieldReader f) => new()
    {
        Enable = f.Bool("enable", "Run the chart's tests after an install or upgrade."),
        Filters = f.Objects("filters", "Tests to run or to leave out.", TestFilter.ReadFields),
        IgnoreFailures = f.Bool("ignoreFailures", "A failed test does not make the release fail."),
        Timeout = f.Duration("timeout", "How long one operation may take; the timeout of the release when absent.", TimeoutRules),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("enable", Enable)
        .Add("filters", Filters, static x => x.WriteFields())
        .Add("ignoreFailures", IgnoreFailures)
        .Add("timeout", Timeout)
        .Map;
}
