using Weir.ApiServer.Encoding;
using Weir.ApiServer.Requests;
using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.Kubernetes;
using Weir.Values;
using Weir.Yaml;

namespace Weir.ApiServer.Writing;

/// <summary>The four kinds of patch.</summary>
internal sealed class Patcher(ObjectWriter writer)
{
    private const string JsonPatchType = "application/json-patch+json";
    private const string MergePatchType = "application/merge-patch+json";
    private const string StrategicPatchType = "application/strategic-merge-patch+json";
    public const string ApplyPatchType = "application/apply-patch+yaml";
    private const int MaxJsonPatchOperations = 10_000;

    public async Task<WriteResult> PatchAsync(RequestContext context, ServedResource resource, string subresource = "")
    {
        var type = (context.Http.Request.ContentType ?? "").Split(';')[0].Trim();
        CheckType(type, resource.IsCustom);
        var options = WriteOptions.Parse(context, "PatchOptions", isApply: type == ApplyPatchType);
        var body = await BodyReader.ReadAsync(context).ConfigureAwait(false);
        var request = WriteHandler.Request(context, options, subresource);
        if (type == ApplyPatchType)
        {
            return await ApplyAsync(context, resource, body, options, request).ConfigureAwait(false);
        }

        var patch = Read(body, type, resource.IsCustom);
        return await writer.UpdateAsync(resource, context.Path.Namespace, context.Path.Name, request, (current, _) =>
        {
            var patched = Apply(current, patch, type, resource.Schema);
            CheckIdentity(context, resource, patched);
            return FieldChecks.Apply(context, resource, patched, [], options);
        }).ConfigureAwait(false);
    }

    private static void CheckType(string type, bool isCustom)
    {
        if (type is JsonPatchType or MergePatchType or ApplyPatchType || (type == StrategicPatchType && !isCustom))
        {
            return;
        }

        throw (type == StrategicPatchType
            ? ApiStatus.UnsupportedMediaType("the body of the request was in an unknown format - accepted media types include: "
                + $"{JsonPatchType}, {MergePatchType}, {ApplyPatchType}")
            : ApiStatus.UnsupportedMediaType("415: Unsupported Media Type") with { Details = StatusDetails.Empty }).ToException();
    }

    /// <summary>The patched object; the given one is not changed.</summary>
    public static MapValue Apply(MapValue current, Value patch, string type, Schema schema) => patch switch
    {
        ListValue operations => Result(JsonPatch.Apply(current, operations)),
        MapValue map when type == StrategicPatchType => Result(StrategicMergePatch.Apply(current, map, schema)),
        _ => (MapValue)MergePatch.Apply(current, patch),
    };

    /// <summary>Decodes a patch: a list of operations or an object.</summary>
    public static Value Read(byte[] body, string type, bool isCustom)
    {
        CheckType(type, isCustom);
        if (type == ApplyPatchType)
        {
            return ReadApply(body);
        }

        var value = JsonDecoder.Decode(body, out var error) ?? throw ApiStatus.BadRequest(type == JsonPatchType
            ? $"error decoding patch: {error}"
            : error!).ToException();
        if (type == JsonPatchType)
        {
            var operations = value as ListValue ?? throw ApiStatus.BadRequest(
                "error decoding patch: json: cannot unmarshal object into Go value of type jsonpatch.Patch").ToException();
            return operations.Count <= MaxJsonPatchOperations
                ? operations
                : throw ApiStatus.TooLarge($"The allowed maximum operations in a JSON patch is {MaxJsonPatchOperations}, got {operations.Count}").ToException();
        }

        return value is MapValue ? value : throw ApiStatus.BadRequest("json: cannot unmarshal array into Go value of type map[string]interface {}").ToException();
    }

    private static MapValue Result(PatchResult result)
    {
        if (result.Error is { } error)
        {
            throw (error.Reason switch
            {
                PatchErrorReason.BadFormat => ApiStatus.BadRequest(error.Message),
                PatchErrorReason.NotApplicable => new ApiStatus(422, "Invalid", $"the server rejected our request due to an error in our request") { Details = StatusDetails.Empty },
                _ => ApiStatus.Internal(error.Message),
            }).ToException();
        }

        return result.Value as MapValue ?? throw ApiStatus.BadRequest("the patch leaves no object").ToException();
    }

    private static MapValue ReadApply(byte[] body)
    {
        var parsed = YamlReader.Read(System.Text.Encoding.UTF8.GetString(body));
        return parsed.TryGet(out var value) && value is MapValue applied
            ? applied
            : throw ApiStatus.BadRequest($"error decoding YAML: {(parsed.Diagnostics.Count > 0 ? parsed.Diagnostics[0].Message : "not an object")}").ToException();
    }

    private async Task<WriteResult> ApplyAsync(RequestContext context, ServedResource resource, byte[] body, WriteOptions options, WriteRequest request)
    {
        var applied = ReadApply(body);
        _ = options;
        if (resource.Table.Objects.Find(resource.Type.IsNamespaced ? context.Path.Namespace : "", context.Path.Name) is null)
        {
            applied.GetOrAddMap("metadata")["name"] = context.Path.Name;
            return await writer.CreateAsync(resource, context.Path.Namespace, applied, request).ConfigureAwait(false);
        }

        return await writer.UpdateAsync(resource, context.Path.Namespace, context.Path.Name, request,
            (current, _) => (MapValue)MergePatch.Apply(current, applied)).ConfigureAwait(false);
    }

    private static void CheckIdentity(RequestContext context, ServedResource resource, MapValue patched)
    {
        _ = resource;
        if (patched.GetMap("metadata")?.GetString("name") is var name && name != context.Path.Name)
        {
            throw ApiStatus.BadRequest($"the name of the object ({name}) does not match the name on the URL ({context.Path.Name})").ToException();
        }
    }
}
