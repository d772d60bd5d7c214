namespace Weir.GoTemplate.Tracing;

/// <summary>
/// What is known of a value without executing a template: where in the data it comes from, or what it is made of. The
/// base itself stands for a value of which nothing is known.
/// </summary>
public class TracedValue
{
    private const int MaxOptions = 8;

    public static TracedValue Unknown { get; } = new();

    /// <summary>One of several values.</summary>
    /// <param name="options">What it may be.</param>
    /// <param name="truth">Whether it counts as true, if that is known.</param>
    internal static TracedValue OneOf(IEnumerable<TracedValue> options, bool? truth = null)
    {
        var flat = new List<TracedValue>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var option in options.SelectMany(o => o is TracedChoice choice ? choice.Options : [o]))
        {
            if (flat.Count < MaxOptions && seen.Add(option.Describe()))
            {
                flat.Add(option);
            }
        }

        return flat is [var only] && truth is null ? only : new TracedChoice(flat, truth);
    }

    /// <summary>Tells values apart that lead to other findings.</summary>
    internal virtual string Describe(int depth = 0) => "?";
}
