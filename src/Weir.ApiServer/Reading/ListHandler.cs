using System.Buffers;
using System.Globalization;
using Weir.ApiServer.Encoding;
using Weir.ApiServer.Requests;
using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.ApiServer.Tables;
using Weir.Values;

namespace Weir.ApiServer.Reading;

/// <summary>Answers lists: a consistent state of all objects, page by page, whole or as a table or as metadata only.</summary>
internal sealed class ListHandler(ObjectStore store, TimeProvider time)
{
    private static readonly byte[] OpenBrace = "{"u8.ToArray();

    public Task HandleAsync(RequestContext context, ServedResource resource, ListOptions options)
    {
        return WriteAsync(context, resource, Read(resource, context.Path.Namespace, options));
    }

    /// <summary>Answers a list in the form that the client accepts.</summary>
    public Task WriteAsync(RequestContext context, ServedResource resource, ListPage page)
    {
        var negotiation = Negotiation.Choose(context.Http.Request.Headers.Accept, mayTransform: true, hasProtobuf: !resource.IsCustom);
        context.Format = negotiation.Format;
        context.IsPretty |= negotiation.IsPretty;
        switch (negotiation.Representation)
        {
            case Representation.Table:
                return ResponseWriter.WriteAsync(context, 200, TableWriter.List(context, resource, page, negotiation.MetaVersion, time));
            case Representation.PartialMetadata:
                return ResponseWriter.WriteAsync(context, 200, PartialMetadata.List(resource, page, negotiation.MetaVersion));
            default:
                return negotiation.Format == MediaFormat.Json && !context.IsPretty
                    ? ResponseWriter.WriteBytesAsync(context, 200, Encode(resource, page), Negotiation.JsonType)
                    : ResponseWriter.WriteAsync(context, 200, JsonDecoder.DecodeStored(Encode(resource, page).Span));
        }
    }

    /// <summary>The objects that a list asks for; a namespaced path narrows it.</summary>
    public ListPage Read(ServedResource resource, string ns, ListOptions options)
    {
        var selector = ObjectSelector.Parse(resource, options.LabelSelector, options.FieldSelector);
        var scope = resource.Type.IsNamespaced && ns.Length > 0 ? ns : null;
        var (objects, version) = store.Read(resource.Table);
        var (afterNamespace, afterName) = ("", (string?)null);
        if (options.Continue.Length > 0)
        {
            if (options.ResourceVersion.Length > 0 && options.ResourceVersion != "0")
            {
                throw ApiStatus.BadRequest("specifying resource version is not allowed when using continue").ToException();
            }

            var token = ContinueToken.Decode(options.Continue);
            (afterNamespace, afterName) = (token.Namespace, token.Name);
            if (token.ResourceVersion >= 0)
            {
                objects = resource.Table.At(token.ResourceVersion) ?? throw ExpiredToken(token);
                version = token.ResourceVersion;
            }
        }
        else if (ResourceVersions.ForList(options.ResourceVersion) is var wanted and > 0)
        {
            ResourceVersions.CheckReached(store, wanted);
            if (options.ResourceVersionMatch == "Exact" || (options.ResourceVersionMatch.Length == 0 && options.Limit > 0))
            {
                objects = resource.Table.At(wanted) ?? throw ApiStatus.Expired(string.Create(
                    CultureInfo.InvariantCulture, $"The provided resource version is too old: {wanted} ({resource.Table.Compacted})")).ToException();
                version = wanted;
            }
        }

        return Page(objects, version, scope, selector, options.Limit, afterNamespace, afterName);
    }

    /// <summary>The list as JSON; the objects are copied as they are stored.</summary>
    private static ReadOnlyMemory<byte> Encode(ServedResource resource, ListPage page)
    {
        var size = 256L;
        foreach (var item in page.Items)
        {
            size += item.Json.Length + 1;
        }

        var target = new ArrayBufferWriter<byte>((int)Math.Min(size, Array.MaxLength));
        JsonEncoder.Write(target, Head(resource.Type.ListKind, resource.ApiVersion, page, isCustom: resource.IsCustom));

        // The head is an object without items; they take the place of its closing brace.
        var json = new ArrayBufferWriter<byte>((int)Math.Min(size, Array.MaxLength));
        json.Write(target.WrittenSpan[..^1]);
        json.Write(",\"items\":["u8);
        for (var i = 0; i < page.Items.Count; i++)
        {
            if (i > 0)
            {
                json.Write(","u8);
            }

            json.Write(OpenBrace);
            json.Write(resource.View.Item(page.Items[i]).Span);
        }

        json.Write("]}"u8);
        return json.WrittenMemory;
    }

    /// <summary>Kind, version and metadata of a list.</summary>
    public static MapValue Head(string kind, string apiVersion, ListPage page, bool isCustom)
    {
        var metadata = new MapValue();
        if (page.Continue.Length > 0 || isCustom)
        {
            metadata["continue"] = page.Continue;
        }

        if (page.Remaining is { } remaining)
        {
            metadata["remainingItemCount"] = remaining;
        }

        metadata["resourceVersion"] = page.ResourceVersion.ToString(CultureInfo.InvariantCulture);
        return new MapValue { ["kind"] = kind, ["apiVersion"] = apiVersion, ["metadata"] = metadata };
    }

    private static ListPage Page(
        ObjectSet objects, long version, string? scope, ObjectSelector selector, long limit, string afterNamespace, string? afterName)
    {
        var items = new List<StoredObject>();
        StoredObject? last = null;
        var more = false;
        foreach (var item in objects.List(scope, afterNamespace, afterName))
        {
            if (!selector.Matches(item))
            {
                continue;
            }

            if (limit > 0 && items.Count == limit)
            {
                more = true;
                break;
            }

            items.Add(item);
            last = item;
        }

        if (!more)
        {
            return new(items, version, "", null);
        }

        long? remaining = selector.IsEverything ? objects.List(scope, last!.Namespace, last.Name).LongCount() : null;
        return new(items, version, new ContinueToken(version, scope is null ? last!.Namespace : scope, last!.Name).Encode(), remaining);
    }

    private static Exception ExpiredToken(ContinueToken token)
    {
        var status = ApiStatus.Expired("The provided continue parameter is too old to display a consistent list result. You can start a new list without "
            + "the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token "
            + "results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may "
            + "show up in the list.");
        return new ApiException(status with { Continue = (token with { ResourceVersion = -1 }).Encode() });
    }
}
