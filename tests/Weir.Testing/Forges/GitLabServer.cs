using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Weir.Testing.Forges;

/// <summary>Notes, discussions and commit statuses of one merge request as GitLab's REST API 4 documents them.</summary>
public sealed partial class GitLabServer(string token = "glpat-secret-token", string jobToken = "job-secret-token") : ForgeServer(token)
{
    public const long Me = 7;
    public const string Sha = "0123456789abcdef0123456789abcdef01234567";

    private const string Root = "/api/v4/projects/12/merge_requests/3";

    private long _last = 100;

    /// <summary>A token of a job: it may read notes and nothing else.</summary>
    public string JobToken { get; } = jobToken;

    public List<JsonObject> Notes { get; } = [];

    public List<JsonObject> Statuses { get; } = [];

    /// <summary>A note that somebody wrote before.</summary>
    public JsonObject Add(string body, long author = Me, bool isSystem = false, string? thread = null)
    {
        var note = new JsonObject
        {
            ["id"] = ++_last,
            ["type"] = thread is null ? null : "DiscussionNote",
            ["body"] = body,
            ["author"] = new JsonObject { ["id"] = author, ["username"] = $"user{author}" },
            ["system"] = isSystem,
            ["noteable_iid"] = 3,
            ["resolvable"] = thread is not null,
        };
        if (thread is not null)
        {
            note["resolved"] = false;
            note["thread"] = thread;
        }

        Notes.Add(note);
        return note;
    }

    /// <summary>The environment of a job of a pipeline of this merge request.</summary>
    public Dictionary<string, string> Environment(bool withJobToken = false) => new()
    {
        ["GITLAB_CI"] = "true",
        ["CI"] = "true",
        ["CI_API_V4_URL"] = $"{Address}api/v4",
        ["CI_PROJECT_ID"] = "12",
        ["CI_MERGE_REQUEST_PROJECT_ID"] = "12",
        ["CI_MERGE_REQUEST_IID"] = "3",
        ["CI_COMMIT_SHA"] = Sha,
        ["CI_PIPELINE_ID"] = "44",
        ["CI_PROJECT_URL"] = "https://gitlab.example.org/team/fleet",
        ["CI_JOB_URL"] = "https://gitlab.example.org/team/fleet/-/jobs/99",
        [withJobToken ? "CI_JOB_TOKEN" : "WEIR_GITLAB_TOKEN"] = withJobToken ? JobToken : Token,
    };

    private protected override Answer Handle(Call call)
    {
        var hasJobToken = call.Header("JOB-TOKEN") == JobToken;
        if (call.Header("PRIVATE-TOKEN") != Token && !(hasJobToken && call.Method == "GET" && call.Path == $"{Root}/notes"))
        {
            return new(401, new JsonObject { ["message"] = "401 Unauthorized" });
        }

        Require(call.Header("Accept") == "application/json", "Accept is not application/json");
        Require(call.Body is null || call.Header("Content-Type")?.StartsWith("application/json", StringComparison.Ordinal) is true, "a body that is not application/json");
        return (call.Method, call.Path) switch
        {
            ("GET", "/api/v4/user") => new(200, new JsonObject { ["id"] = Me, ["username"] = "project_12_bot" }),
            ("GET", $"{Root}/notes") => ListNotes(call),
            ("POST", $"{Root}/notes") => Text(call) is { } bad ? bad : new(201, Add((string)call.Body!["body"]!).DeepClone()),
            ("PUT", _) when NotePath().Match(call.Path) is { Success: true } match => Change(call, long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)),
            ("GET", $"{Root}/discussions") => Page(call, [.. Notes.Select(static n => Thread(n))]),
            ("POST", $"{Root}/discussions") => Text(call) is { } bad ? bad : new(201, Thread(Add((string)call.Body!["body"]!, thread: $"thread{_last}"))),
            ("PUT", _) when ThreadPath().Match(call.Path) is { Success: true } match => Resolve(call, match.Groups[1].Value),
            ("POST", $"/api/v4/projects/12/statuses/{Sha}") => Status(call),
            ("POST", _) when call.Path.StartsWith("/api/v4/projects/12/statuses/", StringComparison.Ordinal) => new(404, new JsonObject { ["message"] = "404 Commit Not Found" }),
            _ when call.Path.StartsWith("/api/v4/projects/12/merge_requests/", StringComparison.Ordinal) && !call.Path.StartsWith(Root + "/", StringComparison.Ordinal) =>
                new(404, new JsonObject { ["message"] = "404 Not found" }),
            _ => new(0, null),
        };
    }

    private Answer ListNotes(Call call)
    {
        foreach (var key in call.Queries.Keys)
        {
            Require(key is "per_page" or "page" or "sort" or "order_by", $"notes have no parameter {key}");
        }

        return Page(call, Notes);
    }

    private Answer? Text(Call call)
    {
        Fields(call, "body");
        return call.Body?["body"] is not JsonValue body ? new(400, new JsonObject { ["error"] = "body is missing" })
            : ((string)body!).Length > 1_000_000 ? new(400, new JsonObject { ["message"] = "400 Bad request - Note {:note=>[\"is too long (maximum is 1000000 characters)\"]}" })
            : null;
    }

    private Answer Change(Call call, long id) =>
        Notes.Find(n => (long)n["id"]! == id) is not { } note ? new(404, new JsonObject { ["message"] = "404 Note Not Found" })
        : (long)note["author"]!["id"]! != Me ? new(403, new JsonObject { ["message"] = "403 Forbidden" })
        : Text(call) is { } bad ? bad
        : new(200, Set(note, "body", call.Body!["body"]!).DeepClone());

    private Answer Resolve(Call call, string thread)
    {
        Fields(call, "resolved");
        return Notes.Find(n => (string?)n["thread"] == thread) is { } note
            ? new(200, Thread(Set(note, "resolved", call.Body!["resolved"]!)))
            : new(404, new JsonObject { ["message"] = "404 Discussion Not Found" });
    }

    private Answer Status(Call call)
    {
        Fields(call, "state", "ref", "name", "context", "target_url", "description", "coverage", "pipeline_id");
        if ((string?)call.Body?["state"] is not ("pending" or "running" or "success" or "failed" or "canceled" or "skipped"))
        {
            return new(400, new JsonObject { ["error"] = "state does not have a valid value" });
        }

        Require(((string?)call.Body["description"])?.Length is null or <= 255, "the description is longer than 255 characters");
        Require(call.Body["pipeline_id"] is null || (long)call.Body["pipeline_id"]! == 44, "the pipeline is not that of the commit");
        Statuses.Add(call.Body);
        return new(201, new JsonObject { ["id"] = ++_last, ["sha"] = Sha, ["status"] = (string)call.Body["state"]! });
    }

    private void Fields(Call call, params string[] known)
    {
        foreach (var (name, _) in call.Body ?? [])
        {
            Require(known.Contains(name), $"{call.Method} {call.Path} has no field {name}");
        }
    }

    private static JsonObject Set(JsonObject note, string field, JsonNode value)
    {
        note[field] = value.DeepClone();
        return note;
    }

    private static JsonObject Thread(JsonObject note) => new()
    {
        ["id"] = (string?)note["thread"] ?? $"alone{note["id"]}",
        ["individual_note"] = note["thread"] is null,
        ["notes"] = new JsonArray(note.DeepClone()),
    };

    [GeneratedRegex($"^{Root}/notes/([0-9]+)$")]
    private static partial Regex NotePath();

    [GeneratedRegex($"^{Root}/discussions/([a-z0-9]+)$")]
    private static partial Regex ThreadPath();
}
