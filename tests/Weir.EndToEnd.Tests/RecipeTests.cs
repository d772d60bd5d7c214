using System.Diagnostics;
using Weir.Testing;
using Weir.Testing.Forges;
using Weir.Values;
using Weir.Yaml;

namespace Weir.EndToEnd.Tests;

/// <summary>The recipes of docs/diff.md, run as a runner of CI would: the commands as they stand there, in a clone, with its variables.</summary>
public sealed class RecipeTests
{
    [Fact]
    public async Task The_job_for_GitLab_publishes_and_leaves_its_artifacts()
    {
        await using var server = new GitLabServer();
        using var fleet = Changed(out var before);
        var job = Recipe("## In GitLab CI").GetMap("weir")!;
        var environment = server.Environment();
        environment["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = before;
        var output = await RunAsync(fleet, string.Join('\n', job.GetList("script")!.Select(static s => ((StringValue)s).Value)), environment, server.Token);

        Assert.Contains("color: blue → red", output, StringComparison.Ordinal);
        Assert.Contains("color: red", (string?)server.Notes.Single()["body"], StringComparison.Ordinal);
        Assert.Contains("(https://gitlab.example.org/team/fleet/-/jobs/99)", (string?)server.Notes.Single()["body"], StringComparison.Ordinal);
        Assert.Equal("success", (string?)server.Statuses.Single()["state"]);
        var artifacts = job.GetMap("artifacts")!;
        Assert.All(artifacts.GetList("paths")!.Concat(artifacts.GetMap("reports")!.Values), p => Assert.True(File.Exists(Path.Combine(fleet.Folder, ((StringValue)p!).Value)), $"{p}"));
        Assert.Contains("WEIR_RESULT=changed\n", File.ReadAllText(Path.Combine(fleet.Folder, "weir.env")), StringComparison.Ordinal);
        Assert.EndsWith("# EOF\n", File.ReadAllText(Path.Combine(fleet.Folder, "weir.txt")), StringComparison.Ordinal);
        Assert.Empty(server.Violations);
    }

    [Fact]
    public async Task The_workflow_for_GitHub_publishes_and_leaves_its_artifacts()
    {
        await using var server = new GitHubServer();
        using var fleet = Changed(out var before);
        fleet.Git("update-ref", "refs/remotes/origin/main", before);
        var workflow = Recipe("## In GitHub Actions");
        Assert.Equal("write", workflow.GetMap("permissions")!.GetString("statuses"));
        var steps = workflow.GetMap("jobs")!.GetMap("weir")!.GetList("steps")!.Cast<MapValue>().ToList();
        var step = steps.Single(static s => s.GetString("run") is not null);
        Assert.Equal("${{ github.token }}", step.GetMap("env")!.GetString("GITHUB_TOKEN"));
        var environment = server.Environment(fleet.Folder);
        environment["GITHUB_BASE_REF"] = "main";
        environment["GITHUB_STEP_SUMMARY"] = Path.Combine(fleet.Folder, "summary.md");
        environment["GITHUB_OUTPUT"] = Path.Combine(fleet.Folder, "output.txt");
        await RunAsync(fleet, step.GetString("run")!, environment, server.Token);

        Assert.Contains("color: red", (string?)server.Comments.Single()["body"], StringComparison.Ordinal);
        Assert.Equal("success", (string?)server.Statuses.Single()["state"]);
        Assert.Contains("color: red", File.ReadAllText(environment["GITHUB_STEP_SUMMARY"]), StringComparison.Ordinal);
        Assert.Contains("WEIR_CHANGED=1\n", File.ReadAllText(environment["GITHUB_OUTPUT"]), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(fleet.Folder, steps[^1].GetMap("with")!.GetString("path")!)));
        Assert.Empty(server.Violations);
    }

    private static TestFleet Changed(out string before)
    {
        var fleet = TestFleet.Small();
        before = fleet.Commit();
        fleet.Git("checkout", "--quiet", "-b", "feature");
        fleet.Write("apps/config.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: config\n  namespace: default\ndata:\n  color: red");
        fleet.Commit();
        return fleet;
    }

    private static MapValue Recipe(string title)
    {
        var docs = File.ReadAllText(Path.Combine(TestData.ProjectDirectory(typeof(RecipeTests).Assembly), "..", "..", "docs", "diff.md"));
        var start = docs.IndexOf("```yaml\n", docs.IndexOf(title + "\n", StringComparison.Ordinal), StringComparison.Ordinal) + "```yaml\n".Length;
        return (MapValue)YamlReader.Read(docs[start..docs.IndexOf("```\n", start, StringComparison.Ordinal)]).Result!;
    }

    private static async Task<string> RunAsync(TestFleet fleet, string script, Dictionary<string, string> environment, string token)
    {
        var start = new ProcessStartInfo("bash") { WorkingDirectory = fleet.Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in new[] { "-euo", "pipefail", "-c", $"weir() {{ dotnet '{Path.Combine(AppContext.BaseDirectory, "weir.dll")}' \"$@\"; }}\n{script}" })
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync() + await error;
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, output);
        Assert.DoesNotContain(token, output, StringComparison.Ordinal);
        return output;
    }
}
