namespace Weir.GoTemplate.Tracing;

/// <summary>What a function made of values: text, mostly, of which only its origin is known.</summary>
internal sealed class TracedMixture(IReadOnlyList<TracedValue> parts) : TracedValue
{
    public IReadOnlyList<TracedValue> Parts => parts;

    internal override string Describe(int depth = 0) => $"<{string.Join(',', parts.Select(p => p.Describe(depth + 1)))}>";
}
