using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Weir.Sources.Tests.Servers;

/// <summary>A small HTTP server on loopback that remembers what it was asked.</summary>
internal sealed class WebServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private WebServer(WebApplication application) => _application = application;

    public string Url => _application.Urls.First();

    public List<(string Path, string? Authorization)> Requests { get; } = [];

    public static async Task<WebServer> StartAsync(RequestDelegate handler)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(o => o.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        var server = new WebServer(application);
        application.Run(async context =>
        {
            lock (server.Requests)
            {
                server.Requests.Add((context.Request.Path + context.Request.QueryString, context.Request.Headers.Authorization));
            }

            await handler(context);
        });
        await application.StartAsync();
        return server;
    }

    /// <summary>Serves these files.</summary>
    public static Task<WebServer> StartAsync(IReadOnlyDictionary<string, byte[]> files) => StartAsync(async context =>
    {
        if (files.TryGetValue(context.Request.Path.Value!, out var content))
        {
            await context.Response.Body.WriteAsync(content);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
        }
    });

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }
}
