using Weir.ApiServer.Authentication;

namespace Weir.ApiServer.Writing;

/// <summary>Who writes, under which field manager, and whether for real.</summary>
internal sealed record WriteRequest
{
    public required UserInfo User { get; init; }

    public required string Manager { get; init; }

    /// <summary>Empty for the object itself.</summary>
    public string Subresource { get; init; } = "";

    public bool IsDryRun { get; init; }

    /// <summary>Server-side apply: what the manager no longer sets is given up.</summary>
    public bool IsApply { get; init; }

    /// <summary>An apply takes fields from other managers.</summary>
    public bool Force { get; init; }

    /// <summary>The field that a write through <c>scale</c> is about.</summary>
    public IReadOnlyList<string> ScalePath { get; init; } = [];

    /// <summary>The server keeps its own books; webhooks are not asked.</summary>
    public bool SkipsWebhooks { get; init; }

    /// <summary>Ends what the write waits for.</summary>
    public CancellationToken Cancellation { get; init; }

    public Action<string> Warn { get; init; } = _ => { };

    /// <summary>The server's own controllers.</summary>
    public static WriteRequest Controller(string manager, string subresource = "") => new()
    {
        User = UserInfo.Loopback,
        Manager = manager,
        Subresource = subresource,
    };
}
