using Weir.ApiServer.Requests;
using Weir.ApiServer.Resources;

namespace Weir.ApiServer.OpenApi;

/// <summary>Answers /openapi/v2 and /openapi/v3.</summary>
internal sealed class OpenApiHandler(ResourceCatalog catalog)
{
    public Task HandleAsync(RequestContext context, string[] parts)
    {
        _ = (catalog, parts);
        return ResponseWriter.WriteTextAsync(context.Http, 404, "404 page not found\n");
    }
}
