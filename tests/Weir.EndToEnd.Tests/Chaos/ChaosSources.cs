using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Weir.EndToEnd.Tests.Chaos;

/// <summary>A Git server and a registry on one port, which can be disturbed: <c>/git/NAME</c> is a repository below the folder, <c>/v2/</c> is the registry.</summary>
internal sealed class ChaosSources : IAsyncDisposable
{
    private const string ManifestType = "application/vnd.oci.image.manifest.v1+json";

    private readonly WebApplication _app;
    private readonly string _folder;
    private readonly ConcurrentDictionary<string, byte[]> _blobs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte[]> _manifests = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ChaosDice> _dice = new(StringComparer.Ordinal);

    private ChaosSources(string folder)
    {
        _folder = folder;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(static o => o.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    /// <summary><c>127.0.0.1:PORT</c>.</summary>
    public string Address => new Uri(_app.Urls.First()).Authority;

    public static async Task<ChaosSources> StartAsync(string folder)
    {
        var sources = new ChaosSources(folder);
        await sources._app.StartAsync();
        return sources;
    }

    /// <summary>Requests whose path has this name in it are disturbed by these chances.</summary>
    public void Disturb(string name, ChaosDice dice) => _dice[name] = dice;

    /// <summary>Pushes an artifact of one layer; answers its digest.</summary>
    public string Push(string repository, string tag, byte[] layer)
    {
        const string Config = "{}";
        var manifest = Encoding.UTF8.GetBytes(
            $$"""{"schemaVersion":2,"mediaType":"{{ManifestType}}","config":{"mediaType":"application/vnd.cncf.flux.config.v1+json","digest":"{{Store(Encoding.UTF8.GetBytes(Config))}}","size":{{Config.Length}}},"layers":[{"mediaType":"application/vnd.cncf.flux.content.v1.tar+gzip","digest":"{{Store(layer)}}","size":{{layer.Length}}}]}""");
        var digest = Digest(manifest);
        _manifests[$"{repository}:{digest}"] = manifest;
        _manifests[$"{repository}:{tag}"] = manifest;
        return digest;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static string Digest(byte[] bytes) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(bytes))}";

    private string Store(byte[] bytes)
    {
        var digest = Digest(bytes);
        _blobs[digest] = bytes;
        return digest;
    }

    private async Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        foreach (var (name, dice) in _dice)
        {
            if (path.Contains(name, StringComparison.Ordinal) && await DisturbAsync(context, dice))
            {
                return;
            }
        }

        if (path.StartsWith("/git/", StringComparison.Ordinal))
        {
            await GitAsync(context, path["/git".Length..]);
            return;
        }

        await RegistryAsync(context, path);
    }

    private static async Task<bool> DisturbAsync(HttpContext context, ChaosDice dice)
    {
        switch (dice.Disturbance(4))
        {
            case 0:
                context.Response.StatusCode = 500;
                return true;
            case 1:
                context.Response.StatusCode = 503;
                return true;
            case 2:
                context.Abort();
                return true;
            case 3:
                await Task.Delay(dice.Next(20, 300), context.RequestAborted);
                return false;
            default:
                return false;
        }
    }

    private async Task RegistryAsync(HttpContext context, string path)
    {
        var at = path.IndexOf("/manifests/", StringComparison.Ordinal);
        if (at > 0 && _manifests.TryGetValue($"{path["/v2/".Length..at]}:{path[(at + "/manifests/".Length)..]}", out var manifest))
        {
            context.Response.ContentType = ManifestType;
            context.Response.Headers["Docker-Content-Digest"] = Digest(manifest);
            await SendAsync(context, manifest);
            return;
        }

        at = path.IndexOf("/blobs/", StringComparison.Ordinal);
        if (at > 0 && _blobs.TryGetValue(path[(at + "/blobs/".Length)..], out var blob))
        {
            context.Response.ContentType = "application/octet-stream";
            await SendAsync(context, blob);
            return;
        }

        context.Response.StatusCode = path is "/v2/" or "/v2" ? 200 : 404;
    }

    private static async Task SendAsync(HttpContext context, byte[] bytes)
    {
        context.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(bytes);
        }
    }

    // The protocol is git's own: its program answers as a CGI program does.
    private async Task GitAsync(HttpContext context, string path)
    {
        var start = new ProcessStartInfo("git", ["http-backend"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["GIT_PROJECT_ROOT"] = _folder;
        start.Environment["GIT_HTTP_EXPORT_ALL"] = "1";
        start.Environment["PATH_INFO"] = path;
        start.Environment["REQUEST_METHOD"] = context.Request.Method;
        start.Environment["QUERY_STRING"] = context.Request.QueryString.Value?.TrimStart('?') ?? "";
        start.Environment["CONTENT_TYPE"] = context.Request.ContentType ?? "";
        start.Environment["GIT_PROTOCOL"] = context.Request.Headers["Git-Protocol"].ToString();
        start.Environment["HTTP_CONTENT_ENCODING"] = context.Request.Headers.ContentEncoding.ToString();
        start.Environment["REMOTE_ADDR"] = "127.0.0.1";
        using var process = Process.Start(start)!;
        _ = process.StandardError.ReadToEndAsync();
        await context.Request.Body.CopyToAsync(process.StandardInput.BaseStream);
        process.StandardInput.Close();
        using var output = new MemoryStream();
        await process.StandardOutput.BaseStream.CopyToAsync(output);
        await process.WaitForExitAsync();
        var bytes = output.GetBuffer().AsMemory(0, (int)output.Length);
        var head = bytes.Span.IndexOf("\r\n\r\n"u8);
        foreach (var line in Encoding.ASCII.GetString(bytes.Span[..Math.Max(head, 0)]).Split("\r\n"))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (line.StartsWith("Status: ", StringComparison.Ordinal))
            {
                context.Response.StatusCode = int.Parse(line.AsSpan(8, 3), CultureInfo.InvariantCulture);
            }
            else if (colon > 0)
            {
                context.Response.Headers[line[..colon]] = line[(colon + 1)..].Trim();
            }
        }

        await context.Response.Body.WriteAsync(bytes[(head + 4)..]);
    }
}
