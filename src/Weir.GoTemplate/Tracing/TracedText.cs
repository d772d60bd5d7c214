namespace Weir.GoTemplate.Tracing;

/// <summary>A string that is known.</summary>
public sealed class TracedText(string text) : TracedValue
{
    public string Text => text;

    internal override string Describe(int depth = 0) => "\"" + text;
}
