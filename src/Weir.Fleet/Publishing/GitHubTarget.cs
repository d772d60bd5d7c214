using System.Globalization;
using Weir.Values;

namespace Weir.Fleet.Publishing;

/// <summary>A pull request on GitHub, as the environment of its jobs names it.</summary>
public sealed class GitHubTarget
{
    private const string Remedy = "GitHub Actions sets it; elsewhere set it yourself";

    private GitHubTarget(Uri api, string repository, long number, string sha, string token) =>
        (Api, Repository, Number, Sha, Token) = (api, repository, number, sha, token);

    /// <summary>The address of the API.</summary>
    public Uri Api { get; }

    /// <summary><c>owner/name</c>.</summary>
    public string Repository { get; }

    public long Number { get; }

    /// <summary>The commit that gets the status: the head of the pull request.</summary>
    public string Sha { get; }

    /// <summary>The page of the run; <see langword="null"/> outside of one.</summary>
    public Uri? Run { get; private init; }

    /// <summary>The revision that the checked out merge is to be compared with; <see langword="null"/> outside of a pull request.</summary>
    public string? Base { get; private init; }

    internal string Token { get; }

    /// <summary>Reads the variables of GitHub Actions.</summary>
    /// <param name="variables">The environment.</param>
    /// <param name="number">The pull request; <see langword="null"/> takes that of the event.</param>
    /// <exception cref="PublishException">One is missing or wrong.</exception>
    public static GitHubTarget Read(CiVariables variables, long? number)
    {
        ArgumentNullException.ThrowIfNull(variables);
        var token = variables.Get("GITHUB_TOKEN", "give the step 'env: {GITHUB_TOKEN: ${{ github.token }}}' and the job 'permissions: {contents: read, pull-requests: write, statuses: write}'");
        var repository = variables.Get("GITHUB_REPOSITORY", Remedy);
        if (repository.Split('/') is not [{ Length: > 0 }, { Length: > 0 }])
        {
            throw new PublishException($"the variable GITHUB_REPOSITORY is '{repository}', not OWNER/NAME; {Remedy}");
        }

        var payload = variables.FindFile("GITHUB_EVENT_PATH");
        var pull = payload?.GetMap("pull_request");
        var run = payload?.GetMap("workflow_run");
        return new(
            variables.Find("GITHUB_API_URL") is null ? new Uri("https://api.github.com/") : variables.GetUrl("GITHUB_API_URL", Remedy),
            repository,
            number ?? NumberOf(payload, pull, run, variables.Find("GITHUB_REF")),
            pull?.GetMap("head")?.GetString("sha") ?? run?.GetString("head_sha") ?? variables.Get("GITHUB_SHA", Remedy),
            token)
        {
            Base = variables.Find("GITHUB_BASE_REF") is { } branch ? $"origin/{branch}" : null,
            Run = variables.Find("GITHUB_SERVER_URL") is not null && variables.Find("GITHUB_RUN_ID") is { } id
                ? new Uri(variables.GetUrl("GITHUB_SERVER_URL", Remedy), $"{repository}/actions/runs/{id}")
                : null,
        };
    }

    private static long NumberOf(MapValue? payload, MapValue? pull, MapValue? run, string? reference)
    {
        if ((pull ?? payload?.GetMap("issue"))?.GetInt("number") is { } number)
        {
            return number;
        }

        if (run?.GetList("pull_requests") is [MapValue first, ..] && first.GetInt("number") is { } ofRun)
        {
            return ofRun;
        }

        return reference?.Split('/') is ["refs", "pull", var text, ..] && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ofReference)
            ? ofReference
            : throw new PublishException("this run belongs to no pull request; run it 'on: pull_request', or name one with --number");
    }
}
