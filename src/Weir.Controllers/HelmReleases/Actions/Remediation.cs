namespace Weir.Controllers;

/// <summary>What is done about failures of installs or upgrades, with what the fields mean when they are absent.</summary>
internal sealed record Remediation
{
    /// <summary>The status field that counts the failures.</summary>
    public required string Counter { get; init; }

    /// <summary>How many tries follow the first; negative means without end.</summary>
    public long Retries { get; init; }

    public bool IgnoresTestFailures { get; init; }

    /// <summary>The last failure is remediated too, when no tries are left.</summary>
    public bool RemediatesLastFailure { get; init; }

    /// <summary>True to uninstall, false to roll back.</summary>
    public bool Uninstalls { get; init; }

    /// <summary>True for an upgrade whose failure is answered by an uninstall: an install follows.</summary>
    public bool IsUninstallAfterUpgrade { get; init; }

    /// <summary>The remediation of an action, <c>install</c> or <c>upgrade</c>.</summary>
    public static Remediation Of(HelmReleaseRun run, string action)
    {
        var ignoresTests = run.Spec.Test?.IgnoreFailures == true;
        if (action == "install")
        {
            var install = run.Spec.Install?.Remediation;
            return new()
            {
                Counter = "installFailures",
                Retries = install?.Retries ?? 0,
                IgnoresTestFailures = install?.IgnoreTestFailures ?? ignoresTests,
                RemediatesLastFailure = install?.RemediateLastFailure ?? false,
                Uninstalls = true,
            };
        }

        var upgrade = run.Spec.Upgrade?.Remediation;
        var retries = upgrade?.Retries ?? 0;
        var uninstalls = upgrade?.Strategy == "uninstall";
        return new()
        {
            Counter = "upgradeFailures",
            Retries = retries,
            IgnoresTestFailures = upgrade?.IgnoreTestFailures ?? ignoresTests,
            RemediatesLastFailure = upgrade?.RemediateLastFailure ?? retries > 0,
            Uninstalls = uninstalls,
            IsUninstallAfterUpgrade = uninstalls,
        };
    }

    /// <summary>The remediation of the last release action; <see langword="null"/> before the first.</summary>
    public static Remediation? Active(HelmReleaseRun run) =>
        run.LastAction is "install" or "upgrade" ? Of(run, run.LastAction) : null;

    /// <summary>When a failed release action is tried again instead of remediated; <see langword="null"/> when it is remediated.</summary>
    public static TimeSpan? ActiveRetry(HelmReleaseRun run)
    {
        var (name, interval) = run.LastAction switch
        {
            "install" => (run.Spec.Install?.Strategy?.Name, run.Spec.Install?.Strategy?.RetryInterval),
            "upgrade" => (run.Spec.Upgrade?.Strategy?.Name, run.Spec.Upgrade?.Strategy?.RetryInterval),
            _ => (null, null),
        };
        return name == "RetryOnFailure" ? interval?.Value ?? TimeSpan.FromMinutes(5) : null;
    }

    public long Failures(HelmReleaseRun run) => run.Count(Counter);

    public bool IsExhausted(HelmReleaseRun run) => Retries >= 0 && Failures(run) > Retries;
}
