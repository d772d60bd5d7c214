using Microsoft.AspNetCore.Http;
using Weir.ApiServer.Discovery;
using Weir.ApiServer.Encoding;
using Weir.ApiServer.OpenApi;
using Weir.ApiServer.Statuses;
using Weir.Values;

namespace Weir.ApiServer.Requests;

/// <summary>Paths that name no resource: health, version, discovery, schemas.</summary>
internal static class PathHandler
{
    public static Task HandleAsync(RequestContext context, DiscoveryHandler discovery, OpenApiHandler openApi)
    {
        var http = context.Http;
        var parts = (http.Request.Path.Value ?? "/").Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (!HttpMethods.IsGet(http.Request.Method))
        {
            return parts is ["api" or "apis" or "version" or "openapi", ..]
                ? throw ApiStatus.MethodNotAllowed().ToException()
                : ResponseWriter.WriteTextAsync(http, 404, "404 page not found\n");
        }

        return parts switch
        {
            ["healthz" or "livez" or "readyz", ..] => Health(context, parts),
            ["version"] => Version(context),
            ["api"] or ["apis"] or ["api", _] or ["apis", _] or ["apis", _, _] => discovery.HandleAsync(context, parts),
            ["openapi", ..] => openApi.HandleAsync(context, parts),
            ["metrics"] => ResponseWriter.WriteTextAsync(http, 200, ""),
            [] => Paths(context),
            _ => ResponseWriter.WriteTextAsync(http, 404, "404 page not found\n"),
        };
    }

    private static Task Health(RequestContext context, string[] parts)
    {
        var http = context.Http;
        if (parts.Length > 2)
        {
            return ResponseWriter.WriteTextAsync(http, 404, "404 page not found\n");
        }

        return ResponseWriter.WriteTextAsync(http, 200, http.Request.Query.ContainsKey("verbose") ? $"[+]ping ok\n{parts[0]} check passed\n" : "ok");
    }

    private static Task Version(RequestContext context)
    {
        context.Format = MediaFormat.Json;
        return ResponseWriter.WriteBytesAsync(context, 200, JsonEncoder.EncodePretty(ServerVersion.ToValue()), Negotiation.JsonType);
    }

    private static Task Paths(RequestContext context)
    {
        var paths = new ListValue { "/api", "/api/v1", "/apis", "/healthz", "/livez", "/openapi/v2", "/openapi/v3", "/readyz", "/version" };
        return ResponseWriter.WriteAsync(context, 200, new MapValue { ["paths"] = paths });
    }
}
