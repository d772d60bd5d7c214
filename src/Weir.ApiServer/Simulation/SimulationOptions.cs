namespace Weir.ApiServer;

/// <summary>How fast simulated workloads come up when nothing on them says otherwise.</summary>
public sealed record SimulationOptions
{
    /// <summary>How long containers take to start; at once by default.</summary>
    public TimeSpan StartDelay { get; init; }
}
