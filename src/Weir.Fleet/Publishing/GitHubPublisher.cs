using Weir.Values;

namespace Weir.Fleet.Publishing;

/// <summary>Publishes on a pull request through GitHub's REST API of 2022-11-28.</summary>
public sealed class GitHubPublisher : Publisher
{
    private readonly GitHubTarget _target;

    /// <summary>Publishes on this pull request. A handler is for tests.</summary>
    public GitHubPublisher(GitHubTarget target, TimeProvider time, HttpMessageHandler? handler = null)
        : base(Host(target), handler, time) => _target = target;

    /// <summary>What GitHub takes.</summary>
    public override int SizeLimit => 65_536;

    private string Comments => $"repos/{_target.Repository}/issues/{_target.Number}/comments";

    private protected override async Task<MapValue?> FindAsync(string marker, CancellationToken cancellationToken)
    {
        Func<MapValue, bool>? isMine = null;
        await foreach (var comment in Api.ListAsync(Comments, "per_page=100", cancellationToken).ConfigureAwait(false))
        {
            if (CommentMarker.IsIn(comment.GetString("body"), marker) && (isMine ??= await MineAsync(cancellationToken).ConfigureAwait(false))(comment))
            {
                return comment;
            }
        }

        return null;
    }

    private protected override async Task<string> CreateAsync(Publication publication, CancellationToken cancellationToken)
    {
        var made = await Api.CreateAsync(Comments, new MapValue { ["body"] = publication.Body }, cancellationToken).ConfigureAwait(false);
        return (made as MapValue)?.GetString("html_url") ?? "";
    }

    private protected override async Task<string> UpdateAsync(MapValue old, Publication publication, CancellationToken cancellationToken)
    {
        var path = $"repos/{_target.Repository}/issues/comments/{old.GetInt("id")}";
        var changed = await Api.SendAsync(HttpMethod.Patch, path, new MapValue { ["body"] = publication.Body }, cancellationToken).ConfigureAwait(false);
        return (changed as MapValue)?.GetString("html_url") ?? "";
    }

    private protected override async Task SetStatusAsync(Publication publication, ReportVerdict verdict, CancellationToken cancellationToken)
    {
        var body = new MapValue
        {
            ["state"] = verdict switch { ReportVerdict.Broken => "error", ReportVerdict.Findings => "failure", _ => "success" },
            ["context"] = $"weir/{publication.Marker}",
            ["description"] = Summary(publication),
        };
        if (publication.Link is { } link)
        {
            body["target_url"] = link.AbsoluteUri;
        }

        await Api.SendAsync(HttpMethod.Post, $"repos/{_target.Repository}/statuses/{_target.Sha}", body, cancellationToken).ConfigureAwait(false);
    }

    // Anybody can write a comment that begins as ours does. The token of a job may not ask who it is; it writes as a bot.
    private async Task<Func<MapValue, bool>> MineAsync(CancellationToken cancellationToken)
    {
        try
        {
            var me = (await Api.SendAsync(HttpMethod.Get, "user", null, cancellationToken).ConfigureAwait(false) as MapValue)?.GetInt("id");
            return comment => comment.GetMap("user")?.GetInt("id") == me;
        }
        catch (PublishException e) when (e.Status is 403 or 404)
        {
            return static comment => comment.GetMap("user")?.GetString("type") == "Bot";
        }
    }

    private static ApiHost Host(GitHubTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return new()
        {
            Name = "GitHub",
            Root = target.Api,
            RootName = "GITHUB_API_URL",
            Token = target.Token,
            TokenName = "GITHUB_TOKEN",
            Headers =
            [
                ("Authorization", $"Bearer {target.Token}"),
                ("Accept", "application/vnd.github+json"),
                ("X-GitHub-Api-Version", "2022-11-28"),
            ],
            Remedy = status => status switch
            {
                401 => "the token of GITHUB_TOKEN is wrong, revoked or expired; in a workflow use ${{ github.token }}",
                403 => "the token of GITHUB_TOKEN may not do this; give the job 'permissions: {contents: read, pull-requests: write, statuses: write}'. "
                    + "For a pull request from a fork the token can only read: publish from a workflow 'on: workflow_run' with --input and --number",
                404 => $"there is no pull request {target.Number} in {target.Repository}, or the token of GITHUB_TOKEN may not see it",
                422 => $"GitHub does not take it; see that the commit {target.Sha} is pushed and that the comment is not longer than 65536 characters",
                _ => "see what GitHub says",
            },
        };
    }
}
