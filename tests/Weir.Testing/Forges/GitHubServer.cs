using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Weir.Testing.Forges;

/// <summary>Comments of one pull request and statuses of its commit as GitHub's REST API of 2022-11-28 documents them.</summary>
public sealed partial class GitHubServer(string token = "ghs_secret_token") : ForgeServer(token)
{
    public const long Me = 41898282;
    public const string Sha = "fedcba9876543210fedcba9876543210fedcba98";

    private const string Root = "/repos/team/fleet";

    private long _last = 1_000;

    /// <summary>True for a token of a person, which may ask who it is; that of a job may not.</summary>
    public bool IsPerson { get; set; }

    public List<JsonObject> Comments { get; } = [];

    public List<JsonObject> Statuses { get; } = [];

    /// <summary>A comment that somebody wrote before.</summary>
    public JsonObject Add(string body, long author = Me, string type = "Bot")
    {
        var comment = new JsonObject
        {
            ["id"] = ++_last,
            ["html_url"] = $"https://github.example.org/team/fleet/pull/5#issuecomment-{_last}",
            ["body"] = body,
            ["user"] = new JsonObject { ["id"] = author, ["type"] = type },
        };
        Comments.Add(comment);
        return comment;
    }

    /// <summary>The environment of a step of a workflow of this pull request; the event is written into a folder.</summary>
    public Dictionary<string, string> Environment(string folder)
    {
        var file = Path.Combine(folder, "event.json");
        File.WriteAllText(file, new JsonObject
        {
            ["action"] = "synchronize",
            ["number"] = 5,
            ["pull_request"] = new JsonObject { ["number"] = 5, ["head"] = new JsonObject { ["sha"] = Sha } },
        }.ToJsonString());
        return new()
        {
            ["GITHUB_ACTIONS"] = "true",
            ["CI"] = "true",
            ["GITHUB_API_URL"] = Address.AbsoluteUri.TrimEnd('/'),
            ["GITHUB_REPOSITORY"] = "team/fleet",
            ["GITHUB_EVENT_PATH"] = file,
            ["GITHUB_REF"] = "refs/pull/5/merge",
            ["GITHUB_SHA"] = "1111111111111111111111111111111111111111",
            ["GITHUB_SERVER_URL"] = "https://github.example.org",
            ["GITHUB_RUN_ID"] = "77",
            ["GITHUB_TOKEN"] = Token,
        };
    }

    private protected override Answer Handle(Call call)
    {
        if (call.Header("Authorization") != $"Bearer {Token}")
        {
            return new(401, new JsonObject { ["message"] = "Bad credentials", ["documentation_url"] = "https://docs.github.com/rest" });
        }

        if (call.Header("User-Agent") is null or "")
        {
            return new(403, new JsonObject { ["message"] = "Request forbidden by administrative rules. Please make sure your request has a User-Agent header" });
        }

        Require(call.Header("Accept") == "application/vnd.github+json", "Accept is not application/vnd.github+json");
        Require(call.Header("X-GitHub-Api-Version") == "2022-11-28", "the version of the API is not named");
        Require(call.Body is null || call.Header("Content-Type")?.StartsWith("application/json", StringComparison.Ordinal) is true, "a body that is not application/json");
        return (call.Method, call.Path) switch
        {
            ("GET", "/user") => IsPerson
                ? new(200, new JsonObject { ["id"] = Me, ["login"] = "person" })
                : new(403, new JsonObject { ["message"] = "Resource not accessible by integration" }),
            ("GET", $"{Root}/issues/5/comments") => Page(call, Comments),
            ("POST", $"{Root}/issues/5/comments") => Text(call) is { } bad ? bad : new(201, Add((string)call.Body!["body"]!).DeepClone()),
            ("PATCH", _) when CommentPath().Match(call.Path) is { Success: true } match => Change(call, long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)),
            ("POST", _) when call.Path.StartsWith($"{Root}/statuses/", StringComparison.Ordinal) => Status(call),
            _ when call.Path.StartsWith($"{Root}/issues/", StringComparison.Ordinal) => new(404, new JsonObject { ["message"] = "Not Found" }),
            _ => new(0, null),
        };
    }

    private Answer? Text(Call call)
    {
        Fields(call, "body");
        return call.Body?["body"] is not JsonValue body ? Invalid("IssueComment", "body", "body can't be blank")
            : ((string)body!).Length > 65_536 ? Invalid("IssueComment", "body", "body is too long (maximum is 65536 characters)")
            : null;
    }

    private Answer Change(Call call, long id) =>
        Comments.Find(c => (long)c["id"]! == id) is not { } comment ? new(404, new JsonObject { ["message"] = "Not Found" })
        : Text(call) is { } bad ? bad
        : new(200, Set(comment, call.Body!["body"]!));

    private Answer Status(Call call)
    {
        Fields(call, "state", "target_url", "description", "context");
        if (!call.Path.EndsWith(Sha, StringComparison.Ordinal))
        {
            return new(422, new JsonObject { ["message"] = $"No commit found for SHA: {call.Path.Split('/')[^1]}" });
        }

        if ((string?)call.Body?["state"] is not ("error" or "failure" or "pending" or "success"))
        {
            return Invalid("Status", "state", "state is not included in the list");
        }

        if (((string?)call.Body["description"])?.Length > 140)
        {
            return Invalid("Status", "description", "description is too long (maximum is 140 characters)");
        }

        Statuses.Add(call.Body);
        return new(201, new JsonObject { ["id"] = ++_last, ["state"] = (string)call.Body["state"]! });
    }

    private void Fields(Call call, params string[] known)
    {
        foreach (var (name, _) in call.Body ?? [])
        {
            Require(known.Contains(name), $"{call.Method} {call.Path} has no field {name}");
        }
    }

    private static Answer Invalid(string resource, string field, string message) => new(422, new JsonObject
    {
        ["message"] = "Validation Failed",
        ["errors"] = new JsonArray(new JsonObject { ["resource"] = resource, ["code"] = "custom", ["field"] = field, ["message"] = message }),
    });

    private static JsonNode Set(JsonObject comment, JsonNode body)
    {
        comment["body"] = body.DeepClone();
        return comment.DeepClone();
    }

    [GeneratedRegex($"^{Root}/issues/comments/([0-9]+)$")]
    private static partial Regex CommentPath();
}
