namespace Weir.Controllers;

/// <summary>How engines agree on the one that works. The times are those of Flux.</summary>
public sealed record LeaderElectionOptions
{
    /// <summary>The namespace of the Leases.</summary>
    public required string Namespace { get; init; }

    /// <summary>Who this engine is; unlike every other engine.</summary>
    public required string Identity { get; init; }

    /// <summary>How long others wait for a leader that does not renew.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(35);

    /// <summary>How long a leader tries to renew before it gives up.</summary>
    public TimeSpan RenewDeadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The time between two tries.</summary>
    public TimeSpan RetryPeriod { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether an engine that stops gives its Leases away at once.</summary>
    public bool ReleasesOnCancel { get; init; } = true;
}
