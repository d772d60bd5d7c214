namespace Weir.GoTemplate.Tracing;

/// <summary>A list whose elements are all like one value.</summary>
internal sealed class TracedList(TracedValue element) : TracedValue
{
    public TracedValue Element => element;

    internal override string Describe(int depth = 0) => $"[{element.Describe(depth + 1)}]";
}
