namespace Weir.GoTemplate.Tracing;

/// <summary>True or false.</summary>
internal sealed class TracedFlag(bool value) : TracedValue
{
    public bool Value => value;

    internal override string Describe(int depth = 0) => value ? "true" : "false";
}
