using Weir.Sources.Mirrors;

namespace Weir.Controllers;

/// <summary>A chart that was pulled or packaged; with a fault or an outcome there is none.</summary>
internal sealed record ChartBuild
{
    public string Name { get; init; } = "";

    public string Version { get; init; } = "";

    /// <summary>The packed chart; <see langword="null"/> when the stored one is it already.</summary>
    public byte[]? Content { get; init; }

    /// <summary>The values files that were merged into the chart.</summary>
    public IReadOnlyList<string> ValuesFiles { get; init; } = [];

    public int ResolvedDependencies { get; init; }

    /// <summary>True when the chart was packed here, not pulled as it is.</summary>
    public bool IsPackaged { get; init; }

    public MirrorMatch? Mirror { get; init; }

    public (ChartFault Fault, string Cause)? Failure { get; init; }

    /// <summary>Set when the credentials or the source's URL are at fault.</summary>
    public SourceOutcome? Outcome { get; init; }

    /// <summary>True when <see cref="Content"/> or the stored chart can be used.</summary>
    public bool IsComplete => Name.Length > 0 && Version.Length > 0 && Failure is null && Outcome is null;

    public string Reason => IsPackaged ? SourceReasons.ChartPackageSucceeded : SourceReasons.ChartPullSucceeded;

    public string Summary
    {
        get
        {
            var action = !IsComplete ? "new" : IsPackaged ? "packaged" : "pulled";
            var values = ValuesFiles.Count > 0 ? $" and merged values files [{string.Join(' ', ValuesFiles)}]" : "";
            return $"{action} '{Name}' chart with version '{Version}'{values}";
        }
    }

    public static ChartBuild Failed(ChartFault fault, string cause) => new() { Failure = (fault, cause) };

    public static ChartBuild Ended(SourceOutcome outcome) => new() { Outcome = outcome };

    /// <summary>The same chart, which could not be finished.</summary>
    public ChartBuild But(ChartFault fault, string cause) => this with { Failure = (fault, cause) };
}
