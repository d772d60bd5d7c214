using Weir.ApiServer.Reading;
using Weir.ApiServer.Requests;
using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Writing;
using Weir.Kubernetes;

namespace Weir.ApiServer.Subresources;

/// <summary>Answers paths below an object: status, scale, finalize, token, eviction.</summary>
internal sealed class SubresourceHandler(GetHandler getter, WriteHandler writing, ScaleHandler scale, TokenHandler tokens, EvictionHandler evictions)
{
    public Task HandleAsync(RequestContext context, ServedResource resource)
    {
        var path = context.Path;
        if (resource.Type.Subresource(path.Subresource) is not { } subresource)
        {
            throw (resource.IsCustom && path.Subresource is "status" or "scale"
                ? ApiStatus.NotFound(resource.Group, resource.Plural, path.Name)
                : ApiStatus.NoResource()).ToException();
        }

        if (resource.Type.IsNamespaced != path.Namespace.Length > 0 && path.Resource != "namespaces")
        {
            throw ApiStatus.NoResource().ToException();
        }

        if (!Allows(subresource, context.Verb))
        {
            throw ApiStatus.MethodNotAllowed().ToException();
        }

        switch (path.Subresource)
        {
            case "scale":
                return scale.HandleAsync(context, resource);
            case "token":
                return tokens.HandleAsync(context, resource);
            case "eviction":
                return evictions.HandleAsync(context, resource);
            case "status" or "finalize" or "approval" or "ephemeralcontainers" or "resize":
                return context.Verb switch
                {
                    "get" => getter.HandleAsync(context, resource),
                    "update" => writing.UpdateAsync(context, resource, path.Subresource),
                    _ => writing.PatchAsync(context, resource, path.Subresource),
                };
            default:
                GetHandler.Find(resource, path);
                throw new ApiStatus(501, "NotImplemented", $"{resource.Plural}/{path.Subresource} needs a running node, which an embedded API has not").ToException();
        }
    }

    private static bool Allows(SubresourceType subresource, string verb)
    {
        var wanted = verb switch
        {
            "get" => ResourceVerbs.Get,
            "create" => ResourceVerbs.Create,
            "update" => ResourceVerbs.Update,
            "patch" => ResourceVerbs.Patch,
            "delete" => ResourceVerbs.Delete,
            _ => ResourceVerbs.None,
        };
        return wanted != ResourceVerbs.None && (subresource.Verbs & wanted) != 0;
    }
}
