namespace Weir.Controllers;

/// <summary>What happens next to an object.</summary>
public readonly record struct ReconcileResult
{
    private ReconcileResult(TimeSpan? after, bool backsOff)
    {
        After = after;
        BacksOff = backsOff;
    }

    /// <summary>Nothing, until something changes.</summary>
    public static ReconcileResult Done { get; }

    /// <summary>Again at once.</summary>
    public static ReconcileResult Again { get; } = new(TimeSpan.Zero, backsOff: false);

    /// <summary>Again after a time that grows with every failure in a row.</summary>
    public static ReconcileResult BackOff { get; } = new(null, backsOff: true);

    /// <summary>When to come back; <see langword="null"/> means not by the clock.</summary>
    public TimeSpan? After { get; }

    public bool BacksOff { get; }

    public static ReconcileResult In(TimeSpan after) => new(after, backsOff: false);
}
