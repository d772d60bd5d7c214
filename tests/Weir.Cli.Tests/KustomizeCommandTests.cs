using System.CommandLine;
using System.Diagnostics;
using Weir.Cli.Commands;

namespace Weir.Cli.Tests;

/// <summary><c>weir kustomize</c> on folders of a disk.</summary>
public sealed class KustomizeCommandTests : IDisposable
{
    private const string ConfigMap = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: settings\ndata:\n  a: b\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("weir-kustomize-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Writes_a_file_with_the_bytes_of_kustomize()
    {
        Write("app/kustomization.yaml", "resources: [cm.yaml]\nnamePrefix: my-\n");
        Write("app/cm.yaml", ConfigMap);
        var (code, _, _) = Run("app", "--output", Path.Combine(_folder, "out.yaml"));
        Assert.Equal(0, code);
        Assert.Equal("apiVersion: v1\ndata:\n  a: b\nkind: ConfigMap\nmetadata:\n  name: my-settings\n", Read("out.yaml"));
    }

    [Fact]
    public void Writes_one_file_for_each_object_into_a_folder()
    {
        Write("app/kustomization.yaml", "resources: [cm.yaml]\nnamespace: live\n");
        Write("app/cm.yaml", ConfigMap + "---\n" + ConfigMap.Replace("settings", "other"));
        Directory.CreateDirectory(Path.Combine(_folder, "out"));
        Assert.Equal(0, Run("app", "-o", Path.Combine(_folder, "out")).Code);
        Assert.Equal(
            ["v1_configmap_other.yaml", "v1_configmap_settings.yaml"],
            Directory.GetFiles(Path.Combine(_folder, "out")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Nothing_is_written_when_something_is_wrong()
    {
        Write("app/kustomization.yaml", "resources: [cm.yaml, absent.yaml]\n");
        Write("app/cm.yaml", ConfigMap);
        var (code, _, errors) = Run("app", "-o", Path.Combine(_folder, "out.yaml"));
        Assert.Equal(1, code);
        Assert.StartsWith("Error: accumulating resources: ", errors, StringComparison.Ordinal);
        Assert.Contains("app/kustomization.yaml:1:22", errors, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "out.yaml")));
    }

    [Fact]
    public void What_does_nothing_is_a_warning_and_an_error_when_strict()
    {
        Write("app/kustomization.yaml", "resources: [cm.yaml]\nimages:\n- name: nginx\n  newTag: v1\n");
        Write("app/cm.yaml", ConfigMap);
        var output = Path.Combine(_folder, "out.yaml");
        var (code, _, errors) = Run("app", "-o", output);
        Assert.Equal(0, code);
        Assert.Contains("app/kustomization.yaml:3:3: the image 'nginx' is not used by any resource", errors, StringComparison.Ordinal);
        Assert.Equal(1, Run("app", "-o", output, "--strict").Code);
    }

    [Fact]
    public void Explains_who_set_a_field()
    {
        Write("app/kustomization.yaml", "resources: [cm.yaml]\npatches:\n- patch: |\n    {apiVersion: v1, kind: ConfigMap, metadata: {name: settings}, data: {a: c}}\n");
        Write("app/cm.yaml", ConfigMap);
        var (code, output, _) = Run("app", "--explain", "data.a");
        Assert.Equal(0, code);
        Assert.Matches(@"ConfigMap/settings\n  data.a\n    b  resources  \S*app/cm.yaml:6:6\n    c  PatchTransformer  \S*app/kustomization.yaml:\d+:\d+\n", output);
        Assert.Equal(1, Run("app", "--explain", "data.z").Code);
    }

    [Theory]
    [InlineData("--enable-exec")]
    [InlineData("--enable-alpha-plugins")]
    public void Plugins_that_are_programs_are_refused(string option) =>
        Assert.Contains("not supported", Assert.Throws<CommandFailure>(() => Run("app", option)).Message, StringComparison.Ordinal);

    [Fact]
    public void Values_that_a_flag_does_not_have_are_refused()
    {
        Assert.Equal("illegal flag value --reorder up; legal values: [legacy none]", Assert.Throws<CommandFailure>(() => Run("app", "--reorder", "up")).Message);
        Assert.StartsWith("illegal flag value --load-restrictor", Assert.Throws<CommandFailure>(() => Run("app", "--load-restrictor", "some")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bases_in_repositories_are_built_unless_they_are_refused()
    {
        Write("repository/deploy/kustomization.yaml", "resources: [cm.yaml]\n");
        Write("repository/deploy/cm.yaml", ConfigMap);
        Git("init", "-q", "-b", "main");
        Git("add", "-A");
        Git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "one");
        Write("app/kustomization.yaml", $"resources: ['file://{_folder}/repository//deploy?ref=main']\nnamePrefix: my-\n");
        var output = Path.Combine(_folder, "out.yaml");
        var (code, _, errors) = Run("app", "-o", output);
        Assert.True(code == 0, errors);
        Assert.Contains("name: my-settings", Read("out.yaml"), StringComparison.Ordinal);
        (code, _, errors) = Run("app", "-o", output, "--no-remote-bases");
        Assert.Equal(1, code);
        Assert.Contains("is not allowed in this build", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void Charts_come_from_beside_the_kustomization_or_from_their_repository()
    {
        Write("chart/Chart.yaml", "apiVersion: v2\nname: app\nversion: 1.0.0\n");
        Write("chart/values.yaml", "text: chart\n");
        Write("chart/templates/cm.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \"{{ .Release.Name }}\"}\ndata: {text: \"{{ .Values.text }}\"}\n");
        Directory.CreateDirectory(Path.Combine(_folder, "app/charts"));
        Directory.Move(Path.Combine(_folder, "chart"), Path.Combine(_folder, "app/charts/app"));
        var output = Path.Combine(_folder, "out.yaml");
        Write("app/kustomization.yaml", "helmCharts:\n- name: app\n  nameTemplate: made\n  valuesInline: {text: inline}\n");
        Assert.Contains("must specify --enable-helm", Run("app", "-o", output).Errors, StringComparison.Ordinal);
        var (code, _, errors) = Run("app", "-o", output, "--enable-helm");
        Assert.True(code == 0, errors);
        Assert.Equal("apiVersion: v1\ndata:\n  text: inline\nkind: ConfigMap\nmetadata:\n  name: made\n", Read("out.yaml"));

        Write("app/kustomization.yaml", "helmCharts: [{name: other, repo: 'https://charts.invalid', releaseName: a}]\n");
        Assert.Contains("is not asked in this build", Run("app", "-o", output, "--enable-helm", "--no-remote-bases").Errors, StringComparison.Ordinal);
    }

    private (int Code, string Output, string Errors) Run(string directory, params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var root = new RootCommand { KustomizeCommand.Create() };
        var code = root.Parse(["kustomize", Path.Combine(_folder, directory), .. arguments])
            .Invoke(new InvocationConfiguration { Output = output, Error = errors, EnableDefaultExceptionHandler = false });
        return (code, output.ToString(), errors.ToString());
    }

    private void Write(string path, string text)
    {
        var full = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    private string Read(string path) => File.ReadAllText(Path.Combine(_folder, path));

    private void Git(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = Path.Combine(_folder, "repository") })!;
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
