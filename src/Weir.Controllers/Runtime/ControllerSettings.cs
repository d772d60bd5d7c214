namespace Weir.Controllers;

/// <summary>What all controllers share: clock, patience, chance and the log.</summary>
internal sealed class ControllerSettings(TimeProvider time, Random random)
{
    private readonly Lock _lock = new();

    public TimeProvider Time { get; } = time;

    public Action<LogEntry>? Log { get; init; }

    public TimeSpan ShortestRetry { get; init; } = TimeSpan.FromMilliseconds(750);

    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How far an interval may stray, as a part of itself.</summary>
    public double JitterPart { get; init; } = 0.05;

    /// <summary>The wait after so many failures in a row.</summary>
    public TimeSpan Backoff(int failures)
    {
        var factor = Math.Pow(2, Math.Min(failures - 1, 30));
        var wait = ShortestRetry * factor;
        return wait < LongestRetry ? wait : LongestRetry;
    }

    /// <summary>An interval, a little shorter or longer.</summary>
    public TimeSpan Jitter(TimeSpan interval)
    {
        double chance;
        lock (_lock)
        {
#pragma warning disable CA5394 // Spreads load; nothing secret depends on it.
            chance = random.NextDouble();
#pragma warning restore CA5394
        }

        return interval * (1 + JitterPart * (2 * chance - 1));
    }
}
