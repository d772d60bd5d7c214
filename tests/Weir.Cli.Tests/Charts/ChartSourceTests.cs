using System.Diagnostics;
using Weir.Cli.Charts;
using Weir.Helm;
using Weir.Sources.Charts;
using Weir.Testing;

namespace Weir.Cli.Tests.Charts;

/// <summary>Charts from real servers on this machine: with passwords, client certificates, signatures, kills and neighbours.</summary>
[Collection("the cache of charts")]
public sealed class ChartSourceTests : IDisposable
{
    private const string FileName = "app-1.2.3.tgz";
    private const string ChartLayer = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";
    private const string ProvenanceLayer = "application/vnd.cncf.helm.chart.provenance.v1.prov";

    private static readonly byte[] Packed = Pack("app", "1.2.3");

    private readonly string _folder = Directory.CreateTempSubdirectory("weir-charts-").FullName;

    public ChartSourceTests() => Environment.SetEnvironmentVariable("WEIR_CACHE", Path.Combine(_folder, "cache"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_repository_that_wants_a_client_certificate_gets_it()
    {
        using var authority = new TestAuthority("charts");
        authority.WriteTo(_folder);
        await using var server = await ChartServer.StartAsync(Packed, authority: authority);
        var options = Options(server) with { AuthorityFile = At("ca.pem"), CertificateFile = At("client.pem"), KeyFile = At("client.key") };

        Assert.Equal("app-1.2.3", ChartFetcher.Load("app", options).Result!.ToString());
    }

    [Fact]
    public async Task Without_certificate_or_with_a_foreign_authority_there_is_no_chart()
    {
        using var authority = new TestAuthority("charts");
        using var stranger = new TestAuthority("stranger");
        await using var server = await ChartServer.StartAsync(Packed, authority: authority);
        authority.WriteTo(_folder);
        var withoutCertificate = Options(server) with { AuthorityFile = At("ca.pem") };
        Assert.NotEmpty(ChartFetcher.Load("app", withoutCertificate).Diagnostics);
        Assert.NotEmpty(ChartFetcher.Load("app", Options(server)).Diagnostics);

        stranger.WriteTo(_folder);
        var message = Assert.Single(ChartFetcher.Load("app", withoutCertificate with { CertificateFile = At("client.pem"), KeyFile = At("client.key") }).Diagnostics).Message;
        Assert.Contains("certificate", message, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE KEY", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_chart_of_a_kustomization_is_pulled_from_its_repository_once()
    {
        await using var server = await ChartServer.StartAsync(Packed, isOpen: true);
        Directory.CreateDirectory(At("app"));
        File.WriteAllText(At("app/kustomization.yaml"), $"helmCharts: [{{name: app, repo: '{server.Url}', version: 1.2.3, releaseName: r}}]\nnamePrefix: my-\n");
        var root = new System.CommandLine.RootCommand { Weir.Cli.Commands.KustomizeCommand.Create() };
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(0, root.Parse(["kustomize", At("app"), "--enable-helm", "--output", At("out.yaml")]).Invoke());
            Assert.Equal("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: my-x\n", File.ReadAllText(At("out.yaml")));
        }

        Assert.Equal(1, server.Downloads);
    }

    [Fact]
    public async Task A_signed_chart_is_taken_and_a_changed_one_or_a_strange_signer_is_not()
    {
        Assert.SkipUnless(TestSigner.IsInstalled, "gpg is not installed");
        using var signer = new TestSigner("signer");
        using var stranger = new TestSigner("stranger");
        var signature = signer.Sign(FileName, Packed);
        await using var server = await ChartServer.StartAsync(Packed, signature);
        var options = Options(server) with { Verify = true, Keyring = signer.Keyring };

        Assert.Equal("app-1.2.3", ChartFetcher.Load("app", options).Result!.ToString());
        Assert.Equal("app-1.2.3", ChartFetcher.Load($"{server.Url}/{FileName}", options with { Repository = "" }).Result!.ToString());
        Assert.Contains("signature made by unknown entity", Assert.Single(ChartFetcher.Load("app", options with { Keyring = stranger.Keyring }).Diagnostics).Message, StringComparison.Ordinal);

        await using var other = await ChartServer.StartAsync(Pack("app", "1.2.3", "b: 2\n"), signature);
        Assert.Contains("sha256 sum does not match", Assert.Single(ChartFetcher.Load("app", Options(other) with { Verify = true, Keyring = signer.Keyring }).Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_wants_a_password_gives_chart_and_signature_by_digest()
    {
        Assert.SkipUnless(DockerRegistry.IsInstalled, "docker-registry is not installed");
        Assert.SkipUnless(TestSigner.IsInstalled, "gpg is not installed");
        using var signer = new TestSigner("signer");
        await using var registry = await DockerRegistry.StartWithPasswordAsync();
        await registry.PushAsync("charts/app", ["1.2.3"], (ChartLayer, Packed), (ProvenanceLayer, signer.Sign(FileName, Packed)));
        await registry.PushAsync("charts/app", ["1.3.0-rc.1", "latest"], (ChartLayer, Pack("app", "1.3.0-rc.1")));
        var chart = $"oci://{registry.Host}/charts/app";
        var options = new ChartSourceOptions { PlainHttp = true, Username = DockerRegistry.User, Password = DockerRegistry.Password };

        Assert.Equal("app-1.2.3", ChartFetcher.Load(chart, options with { Verify = true, Keyring = signer.Keyring }).Result!.ToString());
        Assert.Equal("app-1.3.0-rc.1", ChartFetcher.Load(chart, options with { Development = true }).Result!.ToString());
        Assert.Equal("app-1.2.3", ChartFetcher.Load(chart + ":1.2.3", options).Result!.ToString());
        Assert.NotEmpty(ChartFetcher.Load(chart, options with { Version = "1.3.0-rc.1", Verify = true, Keyring = signer.Keyring }).Diagnostics);

        var message = Assert.Single(ChartFetcher.Load(chart, options with { Password = "wrong-one" }).Diagnostics).Message;
        Assert.Contains("unauthorized", message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("wrong-one", message, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(At("cache"), "*.tgz", SearchOption.AllDirectories).Length);
    }

    [Fact]
    public async Task A_process_that_is_killed_in_the_middle_of_a_download_harms_nobody()
    {
        await using (var slow = await ChartServer.StartAsync(Packed, stalls: true))
        {
            using var process = Start(slow);
            await slow.HalfSent.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Empty(Directory.Exists(At("cache")) ? Directory.GetFiles(At("cache"), "*.tgz", SearchOption.AllDirectories) : []);

        // What a kill while writing leaves.
        Directory.CreateDirectory(At("cache/charts"));
        File.WriteAllBytes(At("cache/charts/.partial-0"), Packed[..100]);
        await using var server = await ChartServer.StartAsync(Packed);
        var processes = Enumerable.Range(0, 3).Select(_ => Start(server)).ToList();
        foreach (var process in processes)
        {
            using (process)
            {
                var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
                await process.WaitForExitAsync(TestContext.Current.CancellationToken);
                Assert.Contains("kind: ConfigMap", output, StringComparison.Ordinal);
                Assert.Equal(0, process.ExitCode);
            }
        }

        Assert.Equal(Packed, File.ReadAllBytes(Assert.Single(Directory.GetFiles(At("cache"), "*.tgz", SearchOption.AllDirectories))));
        var downloads = server.Downloads;
        Assert.Equal("app-1.2.3", ChartFetcher.Load("app", Options(server)).Result!.ToString());
        Assert.Equal(downloads, server.Downloads);
    }

    private static byte[] Pack(string name, string version, string values = "a: 1\n") => ChartPackage.Write(
        name,
        [
            new ChartFile("Chart.yaml", System.Text.Encoding.UTF8.GetBytes($"apiVersion: v2\nname: {name}\nversion: {version}\n")),
            new ChartFile("values.yaml", System.Text.Encoding.UTF8.GetBytes(values)),
            new ChartFile("templates/cm.yaml", System.Text.Encoding.UTF8.GetBytes("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n")),
        ]);

    private static ChartSourceOptions Options(ChartServer server) => new() { Repository = server.Url, Username = "user", Password = "secret" };

    private string At(string name) => Path.Combine(_folder, name);

    private Process Start(ChartServer server)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "weir.dll"), "template", "rel", "app", "--repo", server.Url, "--username", "user", "--password", "secret"])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["WEIR_CACHE"] = At("cache");
        return Process.Start(start)!;
    }
}
