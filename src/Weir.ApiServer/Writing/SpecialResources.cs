using Weir.ApiServer.Authentication;
using Weir.ApiServer.Authorization;
using Weir.ApiServer.Reading;
using Weir.ApiServer.Requests;
using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.Kubernetes;

namespace Weir.ApiServer.Writing;

/// <summary>Subresources, and resources that are questions rather than objects: access and token reviews.</summary>
internal sealed class SpecialResources(
    Authenticator authenticator, RbacAuthorizer authorizer, ServiceAccountTokens tokens, ObjectWriter writer, ResourceCatalog catalog, TimeProvider time)
{
    public static bool Owns(ServedResource resource) => resource.Type.Verbs == ResourceVerbs.Create;

    public Task HandleAsync(RequestContext context, ServedResource resource, GetHandler getter, WriteHandler writing)
    {
        _ = (authenticator, authorizer, tokens, writer, catalog, time, getter, writing, context, resource);
        throw ApiStatus.NoResource().ToException();
    }
}
