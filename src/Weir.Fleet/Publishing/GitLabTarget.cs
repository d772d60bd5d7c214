using System.Globalization;

namespace Weir.Fleet.Publishing;

/// <summary>A merge request on GitLab, as the environment of its jobs names it.</summary>
public sealed class GitLabTarget
{
    private const string Remedy = "GitLab CI sets it; elsewhere set it yourself";

    private GitLabTarget(Uri api, string project, long mergeRequest, string sha, (string Name, string Value) token) =>
        (Api, Project, MergeRequest, Sha, TokenName, Token) = (api, project, mergeRequest, sha, token.Name, token.Value);

    /// <summary>The address of the API.</summary>
    public Uri Api { get; }

    /// <summary>The project of the merge request: the one that it would change.</summary>
    public string Project { get; }

    public long MergeRequest { get; }

    /// <summary>The project of the pipeline, whose commit gets the status.</summary>
    public string PipelineProject { get; private init; } = "";

    public string Sha { get; }

    /// <summary>The pipeline; <see langword="null"/> outside of one.</summary>
    public long? Pipeline { get; private init; }

    /// <summary>The page of the job; <see langword="null"/> outside of one.</summary>
    public Uri? Job { get; private init; }

    /// <summary>The page of the project of the merge request, or <see langword="null"/>.</summary>
    public Uri? Page { get; private init; }

    /// <summary>The revision that the pipeline's commit is to be compared with; <see langword="null"/> outside of a merge request pipeline.</summary>
    public string? Base { get; private init; }

    internal string TokenName { get; }

    internal string Token { get; }

    internal bool HasJobToken => TokenName == "CI_JOB_TOKEN";

    /// <summary>Reads the variables of GitLab CI.</summary>
    /// <param name="variables">The environment.</param>
    /// <param name="number">The merge request; <see langword="null"/> takes that of the pipeline.</param>
    /// <exception cref="PublishException">One is missing or wrong.</exception>
    public static GitLabTarget Read(CiVariables variables, long? number)
    {
        ArgumentNullException.ThrowIfNull(variables);
        var token = variables.FindAny("WEIR_GITLAB_TOKEN", "GITLAB_TOKEN", "CI_JOB_TOKEN")
            ?? throw new PublishException("no token: set the masked variable WEIR_GITLAB_TOKEN (or GITLAB_TOKEN) to a project access token with the scope 'api' and the role Developer");
        var project = variables.Get("CI_PROJECT_ID", Remedy);
        return new(
            variables.GetUrl("CI_API_V4_URL", Remedy),
            variables.Find("CI_MERGE_REQUEST_PROJECT_ID") ?? project,
            number ?? NumberOf(variables),
            variables.Get("CI_COMMIT_SHA", Remedy),
            token)
        {
            PipelineProject = project,
            Pipeline = long.TryParse(variables.Find("CI_PIPELINE_ID"), NumberStyles.None, CultureInfo.InvariantCulture, out var pipeline) ? pipeline : null,
            Job = variables.Find("CI_JOB_URL") is not null ? new Uri(variables.GetUrl("CI_JOB_URL", Remedy).AbsoluteUri.TrimEnd('/')) : null,

            // The first is there when the pipeline runs on the merged result, which holds what else the target branch got.
            Base = variables.FindAny("CI_MERGE_REQUEST_TARGET_BRANCH_SHA", "CI_MERGE_REQUEST_DIFF_BASE_SHA")?.Value,
            Page = variables.FindAny("CI_MERGE_REQUEST_PROJECT_URL", "CI_PROJECT_URL") is { } page ? variables.GetUrl(page.Name, Remedy) : null,
        };
    }

    private static long NumberOf(CiVariables variables)
    {
        var text = variables.Get(
            "CI_MERGE_REQUEST_IID",
            "run the job in merge request pipelines: 'rules: [{if: $CI_PIPELINE_SOURCE == \"merge_request_event\"}]', or name the merge request with --number");
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new PublishException($"the variable CI_MERGE_REQUEST_IID is '{text}', not a number; {Remedy}");
    }
}
