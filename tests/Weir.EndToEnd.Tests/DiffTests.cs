namespace Weir.EndToEnd.Tests;

/// <summary><c>weir diff</c> and <c>weir build</c> as they are run in CI: outputs and exit codes.</summary>
public sealed class DiffTests
{
    [Fact]
    public async Task No_change_exits_with_0_and_a_change_with_1()
    {
        using var fleet = TestFleet.Small().WithChart();
        fleet.Commit();
        Assert.Equal((0, "No change in 3 applications of 1 cluster."), await DiffAsync(fleet, "--from", "HEAD", "--worktree"));
        fleet.Write("apps/more.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: more\n  namespace: default");
        var (code, output) = await DiffAsync(fleet, "--from", "HEAD", "--worktree");
        Assert.Equal(1, code);
        Assert.Contains("+ ConfigMap/default/more", output, StringComparison.Ordinal);
        Assert.Equal(0, (await DiffAsync(fleet, "--from", "HEAD", "--worktree", "--exit-zero")).Code);
    }

    [Fact]
    public async Task A_branch_is_compared_with_where_it_left_the_default_branch_and_reports_go_to_files()
    {
        using var fleet = TestFleet.Small();
        fleet.Write("apps/claim.yaml", "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: data\n  namespace: default\nspec:\n  accessModes: [ReadWriteOnce]\n  resources: {requests: {storage: 1Gi}}");
        fleet.Commit();
        fleet.Git("checkout", "--quiet", "-b", "feature");
        fleet.Delete("apps/claim.yaml");
        fleet.Commit();
        var (code, output) = await DiffAsync(fleet, "-o", "terminal,markdown=out/comment.md,codequality=out/quality.json,sarif=out/weir.sarif,junit=out/junit.xml");
        Assert.Equal(1, code);
        Assert.Contains("out", output, StringComparison.Ordinal);

        Directory.CreateDirectory(Path.Combine(fleet.Folder, "out"));
        (code, output) = await DiffAsync(fleet, "-o", "terminal,markdown=out/comment.md,codequality=out/quality.json,sarif=out/weir.sarif,junit=out/junit.xml");
        Assert.Equal(2, code);
        Assert.Contains("error data-deletion", output, StringComparison.Ordinal);
        Assert.Equal(["comment.md", "junit.xml", "quality.json", "weir.sarif"], Directory.GetFiles(Path.Combine(fleet.Folder, "out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(1, (await DiffAsync(fleet, "--fail-on", "never")).Code);
    }

    [Fact]
    public async Task A_side_that_cannot_be_rendered_exits_with_3_and_shows_the_rest()
    {
        using var fleet = TestFleet.Small().WithChart();
        fleet.Commit();
        fleet.Write("charts/app/templates/config.yaml", "{{ fail \"not today\" }}");
        fleet.Write("apps/more.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: more\n  namespace: default");
        var (code, output) = await DiffAsync(fleet, "--from", "HEAD", "--worktree");
        Assert.Equal(3, code);
        Assert.Contains("not today", output, StringComparison.Ordinal);
        Assert.Contains("+ ConfigMap/default/more", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the repository has no revision 'nowhere'", "--from", "nowhere")]
    [InlineData("--output rainbow: the formats are", "-o", "rainbow")]
    [InlineData("--fail-on sometimes: say", "--from", "HEAD", "--fail-on", "sometimes")]
    [InlineData("--output html=nowhere/x.html: there is no directory", "-o", "terminal,html=nowhere/x.html")]
    [InlineData("--output json=apps: apps is a directory; name a file in it", "-o", "json=apps")]
    [InlineData("--output html=: the name of the file is missing", "-o", "html=")]
    [InlineData("one format can go to the standard output; give the others files", "-o", "terminal,json")]
    [InlineData("--color pink: say always, never or auto", "--color", "pink")]
    [InlineData("two reports would go to x", "-o", "json=x,sarif=x")]
    [InlineData("has no cluster on either side", "--from", "HEAD", "--path", "clusters/none")]
    public async Task A_wrong_question_is_answered_with_what_is_wrong(string message, params string[] arguments)
    {
        using var fleet = TestFleet.Small();
        fleet.Commit();
        var (code, output) = await DiffAsync(fleet, arguments);
        Assert.Equal(1, code);
        Assert.Contains(message, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Colours_are_for_terminals_and_for_who_asks()
    {
        using var fleet = TestFleet.Small();
        fleet.Commit();
        fleet.Write("apps/more.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: more\n  namespace: default");
        Assert.DoesNotContain('\e', (await DiffAsync(fleet, "--from", "HEAD", "--worktree")).Output);
        Assert.Contains("\e[32m+ ConfigMap/default/more\e[0m", (await DiffAsync(fleet, "--from", "HEAD", "--worktree", "--color")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', (await DiffAsync(fleet, "--from", "HEAD", "--worktree", "--color", "never")).Output);
    }

    [Fact]
    public async Task A_device_is_written_as_it_is()
    {
        using var fleet = TestFleet.Small();
        fleet.Commit();
        var (code, output) = await DiffAsync(fleet, "--from", "HEAD", "-o", "json=/dev/stdout");
        Assert.Equal(0, code);
        Assert.StartsWith("{", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_shallow_clone_without_the_base_says_what_to_do()
    {
        using var fleet = TestFleet.Small();
        var first = fleet.Commit();
        fleet.Write("apps/more.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: more\n  namespace: default");
        fleet.Commit();
        fleet.Git("clone", "--quiet", "--depth=1", $"file://{fleet.Folder}", "shallow");
        var (code, output) = await WeirProcess.RunAsync(Path.Combine(fleet.Folder, "shallow"), "diff", "--from", first);
        Assert.Equal(1, code);
        Assert.Contains("the clone is shallow", output, StringComparison.Ordinal);

        await using var server = new Testing.Forges.GitLabServer();
        var environment = server.Environment();
        environment["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = first;
        (code, output) = await WeirProcess.RunAsync(Path.Combine(fleet.Folder, "shallow"), environment, ["diff", "publish"]);
        Assert.Equal(1, code);
        Assert.Contains("the clone is shallow: fetch more of it, for instance with 'git fetch --unshallow', or set GIT_DEPTH: 0 in GitLab CI", output, StringComparison.Ordinal);
        Assert.Empty(server.Calls);
    }

    [Fact]
    public async Task Build_writes_what_an_application_renders()
    {
        using var fleet = TestFleet.Small().WithChart();
        fleet.Commit();
        var (code, output) = await WeirProcess.RunAsync(fleet.Folder, "build", "hr", "default/app");
        Assert.Equal(0, code);
        Assert.Contains("name: app-chart", output, StringComparison.Ordinal);
        (code, _) = await WeirProcess.RunAsync(fleet.Folder, "build", "--output", "rendered");
        Assert.Equal(0, code);
        Assert.True(File.Exists(Path.Combine(fleet.Folder, "rendered/one/HelmRelease/default/app.yaml")));
    }

    private static async Task<(int Code, string Output)> DiffAsync(TestFleet fleet, params string[] arguments)
    {
        var (code, output) = await WeirProcess.RunAsync(fleet.Folder, ["diff", .. arguments]);
        return (code, output.Trim());
    }
}
