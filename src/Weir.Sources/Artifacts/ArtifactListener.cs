using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Weir.Sources.Artifacts;

/// <summary>Serves the artifacts of a store over HTTP, as <c>/kind/namespace/name/file</c>. Nothing is listed.</summary>
public sealed class ArtifactListener : IAsyncDisposable
{
    private readonly WebApplication _application;

    private ArtifactListener(WebApplication application, Uri address)
    {
        _application = application;
        Address = address;
    }

    /// <summary>Where the store is reached, ended by a slash.</summary>
    public Uri Address { get; }

    /// <summary>Starts to serve; port 0 takes a free one.</summary>
    public static async Task<ArtifactListener> StartAsync(ArtifactStore store, IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Listen(endPoint);
        });
        var application = builder.Build();
        application.Run(context => ServeAsync(store, context));
        await application.StartAsync(cancellationToken);
        var url = new Uri(application.Urls.First());
        return new ArtifactListener(application, new Uri($"http://{endPoint.Address}:{url.Port}/"));
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private static async Task ServeAsync(ArtifactStore store, HttpContext context)
    {
        var method = context.Request.Method;
        if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method))
        {
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return;
        }

        await using var file = Open(store, context.Request.Path.Value ?? "");
        if (file is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = file.Length;
        if (HttpMethods.IsGet(method))
        {
            await file.CopyToAsync(context.Response.Body, context.RequestAborted);
        }
    }

    private static Stream? Open(ArtifactStore store, string path)
    {
        var parts = path.Trim('/').Split('/');
        if (parts.Length != 4 || parts.Any(p => p.Length == 0 || p[0] == '.'))
        {
            return null;
        }

        return store.Open(string.Join('/', parts));
    }
}
