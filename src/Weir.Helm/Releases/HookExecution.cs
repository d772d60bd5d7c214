namespace Weir.Helm;

/// <summary>How a hook's last run went. Times are <see langword="null"/> and the phase empty before its first run.</summary>
/// <param name="StartedAt">When it began.</param>
/// <param name="CompletedAt">When it ended.</param>
/// <param name="Phase"><c>Unknown</c>, <c>Running</c>, <c>Succeeded</c> or <c>Failed</c>.</param>
public sealed record HookExecution(DateTimeOffset? StartedAt = null, DateTimeOffset? CompletedAt = null, string Phase = "")
{
    /// <summary>A hook that has not run.</summary>
    public static HookExecution None { get; } = new();
}
