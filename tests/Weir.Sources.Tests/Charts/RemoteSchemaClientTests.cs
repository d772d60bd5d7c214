using System.Text;
using Microsoft.AspNetCore.Http;
using Weir.Helm;
using Weir.Sources.Charts;
using Weir.Sources.Http;
using Weir.Sources.Mirrors;
using Weir.Sources.Tests.Servers;

namespace Weir.Sources.Tests.Charts;

public sealed class RemoteSchemaClientTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("weir-schemas-").FullName;
    private readonly HttpClients _http = new();

    [Fact]
    public async Task Schemas_are_fetched_with_what_they_refer_to_and_kept_for_the_next_process()
    {
        var cancellation = TestContext.Current.CancellationToken;
        Chart chart;
        await using (var server = await WebServer.StartAsync(async context => await context.Response.WriteAsync(
            context.Request.Path == "/port.json" ? """{"$ref":"number.json"}""" : """{"maximum":9}""")))
        {
            chart = Referring($"{server.Url}/port.json");
            var client = new RemoteSchemaClient(_http, SourceMirrors.None, _folder, TimeProvider.System);
            await client.CompleteAsync(chart, cancellation);
            Assert.Contains("maximum: got 10, want 9", Error(chart, client.Schemas));
        }

        var later = new RemoteSchemaClient(_http, SourceMirrors.None, _folder, TimeProvider.System);
        await later.CompleteAsync(chart, cancellation);
        Assert.Contains("maximum: got 10, want 9", Error(chart, later.Schemas));
    }

    [Fact]
    public async Task A_server_that_refuses_is_named_in_the_error()
    {
        await using var server = await WebServer.StartAsync(context =>
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        });
        var chart = Referring($"{server.Url}/port.json");
        var client = new RemoteSchemaClient(_http, SourceMirrors.None, _folder, TimeProvider.System);
        await client.CompleteAsync(chart, TestContext.Current.CancellationToken);
        var error = Error(chart, client.Schemas);
        Assert.Contains("failing loading", error);
        Assert.Contains("404 Not Found", error);
    }

    [Fact]
    public async Task Mirrors_answer_before_the_network()
    {
        File.WriteAllText(Path.Combine(_folder, "port.json"), """{"maximum":9}""");
        var chart = Referring("https://schemas.invalid/v1/port.json");
        var client = new RemoteSchemaClient(_http, new([new("https://schemas.invalid/v1", _folder)]), Path.Combine(_folder, "kept"), TimeProvider.System);
        await client.CompleteAsync(chart, TestContext.Current.CancellationToken);
        Assert.Contains("maximum: got 10, want 9", Error(chart, client.Schemas));
    }

    public void Dispose()
    {
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static Chart Referring(string address) => ChartLoader.LoadFiles(
    [
        new("Chart.yaml", "apiVersion: v2\nname: app\nversion: 1.0.0\n"u8.ToArray()),
        new("values.schema.json", Encoding.UTF8.GetBytes($$$"""{"properties":{"port":{"$ref":"{{{address}}}"} } }""")),
    ]).Result!;

    private static string Error(Chart chart, RemoteSchemas schemas) => HelmRenderer.Render(
        chart, new ReleaseOptions { Name = "r", Namespace = "n" }, new() { ["port"] = 10 }, options: new() { Schemas = schemas }).Error!;
}
