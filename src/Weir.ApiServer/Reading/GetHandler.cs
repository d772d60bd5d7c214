using Weir.ApiServer.Encoding;
using Weir.ApiServer.Requests;
using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.ApiServer.Tables;
using Weir.Values;

namespace Weir.ApiServer.Reading;

/// <summary>Answers one object.</summary>
internal sealed class GetHandler(ObjectStore store, TimeProvider time)
{
    public Task HandleAsync(RequestContext context, ServedResource resource)
    {
        if (context.Query("resourceVersion") is { Length: > 0 } text)
        {
            ResourceVersions.CheckReached(store, ResourceVersions.ForGet(text));
        }

        return WriteAsync(context, resource, 200, Find(resource, context.Path));
    }

    public static StoredObject Find(ServedResource resource, RequestPath path) =>
        resource.Table.Objects.Find(resource.Type.IsNamespaced ? path.Namespace : "", path.Name)
        ?? throw ApiStatus.NotFound(resource.Group, resource.Plural, path.Name).ToException();

    /// <summary>Answers an object in the form that the client accepts.</summary>
    public Task WriteAsync(RequestContext context, ServedResource resource, int code, StoredObject stored)
    {
        var negotiation = Choose(context, resource);
        switch (negotiation.Representation)
        {
            case Representation.Table:
                return ResponseWriter.WriteAsync(context, code, TableWriter.One(context, resource, stored, negotiation.MetaVersion, time));
            case Representation.PartialMetadata:
                return ResponseWriter.WriteAsync(context, code, PartialMetadata.Of(resource.View.Value(stored), negotiation.MetaVersion));
            default:
                if (negotiation.Format == MediaFormat.Json && !context.IsPretty)
                {
                    return ResponseWriter.WriteBytesAsync(context, code, resource.View.Json(stored), Negotiation.JsonType);
                }

                return ResponseWriter.WriteAsync(context, code, resource.View.Value(stored));
        }
    }

    /// <summary>Answers an object that is not stored: a dry run's result.</summary>
    public Task WriteValueAsync(RequestContext context, ServedResource resource, int code, MapValue value)
    {
        var negotiation = Choose(context, resource);
        return ResponseWriter.WriteAsync(context, code, negotiation.Representation switch
        {
            Representation.Table => TableWriter.One(context, resource, value, negotiation.MetaVersion, time),
            Representation.PartialMetadata => PartialMetadata.Of(value, negotiation.MetaVersion),
            _ => value,
        });
    }

    private static Negotiation Choose(RequestContext context, ServedResource resource)
    {
        var negotiation = Negotiation.Choose(context.Http.Request.Headers.Accept, mayTransform: true, hasProtobuf: !resource.IsCustom);
        context.Format = negotiation.Format;
        context.IsPretty |= negotiation.IsPretty;
        return negotiation;
    }
}
