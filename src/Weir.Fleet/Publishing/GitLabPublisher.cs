using Weir.Values;

namespace Weir.Fleet.Publishing;

/// <summary>Publishes on a merge request through GitLab's REST API of version 4.</summary>
public sealed class GitLabPublisher : Publisher
{
    private const string Pages = "per_page=100";

    private readonly GitLabTarget _target;

    /// <summary>Publishes on this merge request. A handler is for tests.</summary>
    public GitLabPublisher(GitLabTarget target, TimeProvider time, HttpMessageHandler? handler = null)
        : base(Host(target), handler, time) => _target = target;

    /// <summary>What GitLab takes.</summary>
    public override int SizeLimit => 1_000_000;

    private string MergeRequest => $"projects/{Uri.EscapeDataString(_target.Project)}/merge_requests/{_target.MergeRequest}";

    private protected override async Task<MapValue?> FindAsync(string marker, CancellationToken cancellationToken)
    {
        Func<MapValue, bool>? isMine = null;
        await foreach (var note in Api.ListAsync($"{MergeRequest}/notes", $"{Pages}&sort=asc&order_by=created_at", cancellationToken).ConfigureAwait(false))
        {
            if (CommentMarker.IsIn(note.GetString("body"), marker) && note.GetBool("system") is not true
                && (isMine ??= await MineAsync(cancellationToken).ConfigureAwait(false))(note))
            {
                return note;
            }
        }

        return null;
    }

    private protected override async Task<string> CreateAsync(Publication publication, CancellationToken cancellationToken)
    {
        var body = new MapValue { ["body"] = publication.Body };
        if (!publication.IsThread)
        {
            return Address(await Api.CreateAsync($"{MergeRequest}/notes", body, cancellationToken).ConfigureAwait(false) as MapValue);
        }

        var thread = await Api.CreateAsync($"{MergeRequest}/discussions", body, cancellationToken).ConfigureAwait(false) as MapValue;
        if (publication.IsGood && thread?.GetString("id") is { } id)
        {
            await ResolveAsync(id, true, cancellationToken).ConfigureAwait(false);
        }

        return Address(thread?.GetList("notes") is [MapValue note, ..] ? note : null);
    }

    private protected override async Task<string> UpdateAsync(MapValue old, Publication publication, CancellationToken cancellationToken)
    {
        var id = old.GetInt("id");
        var changed = await Api.SendAsync(HttpMethod.Put, $"{MergeRequest}/notes/{id}", new MapValue { ["body"] = publication.Body }, cancellationToken).ConfigureAwait(false);
        if (old.GetBool("resolvable") is true && old.GetBool("resolved") is true != publication.IsGood
            && await ThreadOfAsync(id, cancellationToken).ConfigureAwait(false) is { } thread)
        {
            await ResolveAsync(thread, publication.IsGood, cancellationToken).ConfigureAwait(false);
        }

        return Address(changed as MapValue);
    }

    private protected override async Task SetStatusAsync(Publication publication, ReportVerdict verdict, CancellationToken cancellationToken)
    {
        var body = new MapValue
        {
            ["state"] = verdict is ReportVerdict.Findings or ReportVerdict.Broken ? "failed" : "success",
            ["name"] = $"weir/{publication.Marker}",
            ["description"] = Summary(publication),
        };
        if (publication.Link is { } link)
        {
            body["target_url"] = link.AbsoluteUri;
        }

        // A commit may have several pipelines. GitLab finds the branch from the pipeline.
        if (_target.Pipeline is { } pipeline)
        {
            body["pipeline_id"] = pipeline;
        }

        try
        {
            await Api.SendAsync(HttpMethod.Post, $"projects/{Uri.EscapeDataString(_target.PipelineProject)}/statuses/{_target.Sha}", body, cancellationToken).ConfigureAwait(false);
        }
        catch (PublishException e) when (e.Status == 400 && e.Message.Contains("Cannot transition status", StringComparison.Ordinal))
        {
            // It has this state already.
        }
    }

    private Task<Value?> ResolveAsync(string thread, bool isResolved, CancellationToken cancellationToken) =>
        Api.SendAsync(HttpMethod.Put, $"{MergeRequest}/discussions/{Uri.EscapeDataString(thread)}", new MapValue { ["resolved"] = isResolved }, cancellationToken);

    private async Task<string?> ThreadOfAsync(long? note, CancellationToken cancellationToken)
    {
        await foreach (var thread in Api.ListAsync($"{MergeRequest}/discussions", Pages, cancellationToken).ConfigureAwait(false))
        {
            foreach (var item in thread.GetList("notes") ?? [])
            {
                if ((item as MapValue)?.GetInt("id") == note)
                {
                    return thread.GetString("id");
                }
            }
        }

        return null;
    }

    // Anybody can write a note that begins as ours does. A job token may not ask who it is.
    private async Task<Func<MapValue, bool>> MineAsync(CancellationToken cancellationToken)
    {
        if (_target.HasJobToken)
        {
            return static _ => true;
        }

        var me = (await Api.SendAsync(HttpMethod.Get, "user", null, cancellationToken).ConfigureAwait(false) as MapValue)?.GetInt("id");
        return note => note.GetMap("author")?.GetInt("id") == me;
    }

    private string Address(MapValue? note) =>
        _target.Page is { } page && note?.GetInt("id") is { } id ? $"{page.AbsoluteUri}-/merge_requests/{_target.MergeRequest}#note_{id}" : "";

    private static ApiHost Host(GitLabTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        const string Token = "make a project access token with the scope 'api' and the role Developer, and give it to the job as the masked variable WEIR_GITLAB_TOKEN";
        var refused = target.HasJobToken
            ? $"a job token (CI_JOB_TOKEN) may read the notes of a merge request but not write them; {Token}"
            : $"the token of {target.TokenName} may not do this; {Token}";
        return new()
        {
            Name = "GitLab",
            Root = target.Api,
            RootName = "CI_API_V4_URL",
            Token = target.Token,
            TokenName = target.TokenName,
            Headers = [(target.HasJobToken ? "JOB-TOKEN" : "PRIVATE-TOKEN", target.Token), ("Accept", "application/json")],
            Remedy = status => status switch
            {
                401 when !target.HasJobToken => $"the token of {target.TokenName} is wrong, revoked or expired; {Token}",
                401 or 403 => refused,
                404 => $"there is no merge request {target.MergeRequest} in the project {target.Project}, or the token of {target.TokenName} may not see it. "
                    + (target.HasJobToken ? refused : "A protected variable is only given to jobs of protected branches"),
                400 or 422 => "GitLab does not take it; see what it says",
                _ => "see what GitLab says",
            },
        };
    }
}
