using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Weir.Cli.Tests.Charts;

/// <summary>A Helm repository on loopback, with what servers ask for: a password, a client certificate of their own authority.</summary>
internal sealed class ChartServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly Dictionary<string, byte[]> _files;

    private ChartServer(WebApplication application, Dictionary<string, byte[]> files)
    {
        _application = application;
        _files = files;
    }

    public string Url => _application.Urls.First();

    /// <summary>Completed by a test to let what <see cref="Stalls"/> holds go on.</summary>
    public TaskCompletionSource Released { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completed when half of a chart has been sent to a client that then waits.</summary>
    public TaskCompletionSource HalfSent { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether charts stop in the middle until <see cref="Released"/>.</summary>
    public bool Stalls { get; init; }

    /// <summary>Whether no password is asked for.</summary>
    public bool IsOpen { get; init; }

    public int Downloads { get; private set; }

    /// <summary>A repository of one chart, <c>app</c> 1.2.3; with an authority only over TLS and for clients that it certified.</summary>
    public static async Task<ChartServer> StartAsync(byte[] chart, byte[]? provenance = null, TestAuthority? authority = null, bool stalls = false, bool isOpen = false)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(o => o.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (authority is not null)
            {
                listen.UseHttps(new HttpsConnectionAdapterOptions
                {
                    ServerCertificate = authority.Server,
                    ClientCertificateMode = ClientCertificateMode.RequireCertificate,
                    ClientCertificateValidation = (certificate, _, _) => certificate.Issuer == authority.Name,
                });
            }
        }));
        var application = builder.Build();
        var files = new Dictionary<string, byte[]> { ["/index.yaml"] = Encoding.UTF8.GetBytes(Index(chart)), ["/app-1.2.3.tgz"] = chart };
        if (provenance is not null)
        {
            files["/app-1.2.3.tgz.prov"] = provenance;
        }

        var server = new ChartServer(application, files) { Stalls = stalls, IsOpen = isOpen };
        application.Run(server.AnswerAsync);
        await application.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        Released.TrySetResult();
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        if (!IsOpen && context.Request.Headers.Authorization != "Basic " + Convert.ToBase64String("user:secret"u8))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (!_files.TryGetValue(context.Request.Path.Value!, out var content))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentLength = content.Length;
        if (!context.Request.Path.Value!.EndsWith(".tgz", StringComparison.Ordinal))
        {
            await context.Response.Body.WriteAsync(content);
            return;
        }

        Downloads++;
        var half = content.Length / 2;
        await context.Response.Body.WriteAsync(content.AsMemory(0, half));
        await context.Response.Body.FlushAsync();
        if (Stalls)
        {
            HalfSent.TrySetResult();
            await Released.Task;
        }

        await context.Response.Body.WriteAsync(content.AsMemory(half));
    }

    private static string Index(byte[] chart) =>
        $$"""
        apiVersion: v1
        entries:
          app:
          - {name: app, version: 1.2.3, apiVersion: v2, digest: {{Convert.ToHexStringLower(SHA256.HashData(chart))}}, urls: [app-1.2.3.tgz]}
        """;
}
