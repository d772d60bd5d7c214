namespace Weir.GoTemplate;

/// <summary>How far one execution may go before it ends with an error.</summary>
public sealed record TemplateLimits
{
    public static TemplateLimits Default { get; } = new();

    /// <summary>Deepest nesting of template calls (Go's own limit); the stack of the thread may end it earlier.</summary>
    public int MaxDepth { get; init; } = 100_000;

    /// <summary>Most characters that an execution may write, nested ones included.</summary>
    public long MaxOutput { get; init; } = 64L * 1024 * 1024;

    /// <summary>Most actions and calls that an execution may evaluate.</summary>
    public long MaxSteps { get; init; } = 10_000_000;
}
