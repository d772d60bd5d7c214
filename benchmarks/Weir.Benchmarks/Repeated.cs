namespace Weir.Benchmarks;

/// <summary>Measures the same thing several times.</summary>
internal static class Repeated
{
    private const int Rounds = 5;

    /// <summary>The median of several rounds after one that does not count.</summary>
    public static TimeSpan Median(Func<TimeSpan> measure)
    {
        measure();
        return Enumerable.Range(0, Rounds).Select(_ => measure()).Order().ElementAt(Rounds / 2);
    }
}
