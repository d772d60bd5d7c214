using Microsoft.AspNetCore.Http;

namespace Weir.ApiServer.Requests;

/// <summary>What a method means on a path, as kube-apiserver's RequestInfo.</summary>
internal static class RequestVerb
{
    public static string Of(HttpRequest request, RequestPath path)
    {
        var method = request.Method;
        if (!path.IsResource)
        {
            return method.ToLowerInvariant();
        }

        var named = path.Name.Length > 0;
        return method switch
        {
            "POST" => "create",
            "PUT" => "update",
            "PATCH" => "patch",
            "DELETE" => named ? "delete" : "deletecollection",
            "GET" or "HEAD" when path.Subresource is "exec" or "attach" or "portforward" => "create",
            "GET" or "HEAD" when path.IsWatch || IsWatch(request) => "watch",
            "GET" or "HEAD" => named ? "get" : "list",
            _ => "",
        };
    }

    private static bool IsWatch(HttpRequest request) =>
        request.Query.TryGetValue("watch", out var value) && value.ToString() is "1" or "t" or "T" or "true" or "TRUE" or "True";
}
