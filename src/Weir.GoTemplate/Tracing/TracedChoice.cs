namespace Weir.GoTemplate.Tracing;

/// <summary>One of several values.</summary>
internal sealed class TracedChoice(IReadOnlyList<TracedValue> options, bool? truth) : TracedValue
{
    public IReadOnlyList<TracedValue> Options => options;

    public bool? Truth => truth;

    internal override string Describe(int depth = 0) => $"({string.Join('|', options.Select(o => o.Describe(depth + 1)))})";
}
