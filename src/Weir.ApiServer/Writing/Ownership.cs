using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Writing;

/// <summary>Server-side apply and the tracking of other writes, for the resources that are served.</summary>
internal sealed class Ownership(ResourceCatalog catalog)
{
    private static readonly FieldSet Status = FieldSet.Of(["status"]);
    private static readonly FieldSet Spec = FieldSet.Of(["spec"]);
    private static readonly FieldSet AllButStatus = FieldSet.Of(["spec"], ["metadata"]);

    /// <summary>The live object (absent to create one) with the configuration applied.</summary>
    public MapValue Apply(ServedResource resource, MapValue? live, MapValue configuration, WriteRequest request, DateTimeOffset now)
    {
        var result = FieldOwnership.Apply(live, configuration, request.Manager, request.Force, Context(resource, request, now));
        if (result.IsAccepted)
        {
            WithoutScaleTime(result.Object, request);
            return result.Object;
        }

        if (result.Conflicts.Count > 0)
        {
            throw (new ApiStatus(409, "Conflict", result.ConflictMessage()) with
            {
                Details = new StatusDetails
                {
                    Causes = [.. result.Conflicts.Select(c => new StatusCause("FieldManagerConflict", $"conflict with {c.Manager}", c.Field))],
                },
            }).ToException();
        }

        throw (result.IsBadRequest ? ApiStatus.BadRequest(result.Error!) : ApiStatus.Internal(result.Error!)).ToException();
    }

    /// <summary>The updated object with its managers; <paramref name="live"/> is absent when it is created.</summary>
    public MapValue Track(ServedResource resource, MapValue? live, MapValue updated, WriteRequest request, DateTimeOffset now)
    {
        var context = Context(resource, request, now);
        var tracked = FieldOwnership.Update(live, updated, request.Manager, context);
        WithoutScaleTime(tracked, request);
        return tracked;
    }

    /// <summary>Upstream moves the owner of a scale's replicas to the object and loses the time on the way.</summary>
    private static void WithoutScaleTime(MapValue value, WriteRequest request)
    {
        if (request.Subresource != "scale")
        {
            return;
        }

        var entries = (value.GetMap("metadata")?.GetList("managedFields") ?? []).OfType<MapValue>().ToList();
        foreach (var entry in entries)
        {
            if (entry.GetString("subresource") == "scale" && entry.GetString("manager") == request.Manager)
            {
                entry.Remove("time");
            }
        }

        if (entries.Count > 0)
        {
            // Entries are kept by operation and time, so that reading them back changes nothing.
            value.GetMap("metadata")!["managedFields"] = new ListValue(entries
                .OrderBy(static e => e.GetString("operation"), StringComparer.Ordinal)
                .ThenBy(static e => e.GetString("time") ?? "", StringComparer.Ordinal));
        }
    }

    private OwnershipContext Context(ServedResource resource, WriteRequest request, DateTimeOffset now)
    {
        var hasStatus = resource.Type.Subresource("status") is not null;
        return new OwnershipContext
        {
            Schema = resource.Schema,
            ApiVersion = resource.ApiVersion,
            Kind = resource.Kind,
            Subresource = request.Subresource,
            Now = ObjectMetadata.Timestamp(now),
            ResetFields = request.Subresource == "status" ? resource.IsCustom ? AllButStatus : Spec : hasStatus && request.Subresource.Length == 0 ? Status : FieldSet.Empty,
            EmptyObject = resource.IsCustom ? null : BuiltInObject.Empty(resource.Type.GroupVersionKind, resource.Schema),
            SchemaOf = apiVersion =>
            {
                if (apiVersion == resource.ApiVersion)
                {
                    return resource.Schema;
                }

                var kind = GroupVersionKind.Of(apiVersion, resource.Kind);
                return catalog.Current.Find(kind.Group, kind.Version, resource.Plural)?.Schema ?? (resource.IsCustom ? null : BuiltInSchemas.Find(kind));
            },
        };
    }
}
