namespace Weir.Cel.Data;

/// <summary>
/// Bounds what functions do beside their cost: an expression may build values that share parts, and walking them takes far longer
/// than building them. Each evaluation counts on its own thread.
/// </summary>
internal static class WorkLimit
{
    /// <summary>The most characters of a text, or bytes, that a function may build.</summary>
    public const int MaxLength = 16 * 1024 * 1024;

    private const int StepsPerCost = 8;

    // Steps that are left; nothing outside of evaluations, where nothing is counted.
    [ThreadStatic]
    private static long? _left;

    /// <summary>What an expression ends with that goes too far.</summary>
    public static CelError Exceeded { get; } = new("operation cancelled: actual cost limit exceeded") { IsFatal = true };

    /// <summary>Begins an evaluation; answers what to hand to <see cref="End"/>.</summary>
    public static long? Begin(long costLimit)
    {
        var before = _left;
        _left = costLimit > long.MaxValue / StepsPerCost ? long.MaxValue : Math.Max(costLimit, 1000) * StepsPerCost;
        return before;
    }

    public static void End(long? before) => _left = before;

    /// <summary>Counts steps; false when there may be no more.</summary>
    public static bool Take(long steps = 1)
    {
        if (_left is not { } left)
        {
            return true;
        }

        _left = left - steps;
        return left >= steps;
    }
}
