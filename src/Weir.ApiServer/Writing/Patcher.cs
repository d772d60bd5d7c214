using Weir.ApiServer.Encoding;
using Weir.ApiServer.Requests;
using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.Kubernetes;
using Weir.Values;
using Weir.Yaml;

namespace Weir.ApiServer.Writing;

/// <summary>The four kinds of patch.</summary>
internal sealed class Patcher(ObjectWriter writer, Ownership ownership, TimeProvider time)
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
            var shown = resource.IsCustom || type == StrategicPatchType ? null : resource.Schema;
            var before = resource.IsCustom ? patched.DeepClone() : patched;
            var checkedObject = FieldChecks.Apply(
                context, resource.Type.GroupVersionKind, resource, patched, [], options, why => InvalidPatch(before, patch, shown, type, why));
            Unpin(checkedObject, current);
            return checkedObject;
        }).ConfigureAwait(false);
    }

    /// <summary>A patch that says nothing of the version may be tried again when another write comes first.</summary>
    private static void Unpin(MapValue patched, MapValue current)
    {
        var metadata = patched.GetMap("metadata");
        if (metadata is not null && Value.DeepEquals(metadata["resourceVersion"], current.GetMap("metadata")?["resourceVersion"]))
        {
            metadata.Remove("resourceVersion");
        }
    }

    /// <summary>What a patch makes is not of the kind: told about the whole result, or about the patch when it is a strategic one.</summary>
    private static ApiStatus InvalidPatch(MapValue patched, Value patch, Schema? schema, string type, string why)
    {
        var shown = type == StrategicPatchType ? GoText.Map(patch) : PatchedText.Write(patched, schema, patch);
        return ApiStatus.Invalid("", "", "", [new("FieldValueInvalid", $"Invalid value: {GoQuote.Quote(shown)}: {why}", "patch")]);
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
                : throw ApiStatus.TooLarge($"Request entity too large: The allowed maximum operations in a JSON patch is {MaxJsonPatchOperations}, got {operations.Count}").ToException();
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
        if (parsed.HasErrors)
        {
            throw ApiStatus.BadRequest($"error decoding YAML: error converting YAML to JSON: {parsed.Diagnostics[0].Message}").ToException();
        }

        return parsed.Result switch
        {
            MapValue applied => applied,
            null or NullValue => [],
            var other => throw ApiStatus.BadRequest(
                $"error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal {JsonTypeName(other)} into Go value of type map[string]interface {{}}").ToException(),
        };
    }

    private static string JsonTypeName(Value value) => value switch
    {
        ListValue => "array",
        StringValue => "string",
        BoolValue => "bool",
        _ => "number",
    };

    private async Task<WriteResult> ApplyAsync(RequestContext context, ServedResource resource, byte[] body, WriteOptions options, WriteRequest request)
    {
        var applied = ReadApply(body);
        request = request with { IsApply = true, Force = options.Force == true };
        if (applied.GetMap("metadata")?.GetString("name") is not { Length: > 0 })
        {
            applied.GetOrAddMap("metadata")["name"] = context.Path.Name;
        }

        CheckIdentity(context, resource, applied);
        if (resource.Table.Objects.Find(resource.Type.IsNamespaced ? context.Path.Namespace : "", context.Path.Name) is null)
        {
            return request.Subresource.Length == 0
                ? await writer.CreateAsync(resource, context.Path.Namespace, applied, request).ConfigureAwait(false)
                : throw ApiStatus.NotFound(resource.Group, resource.Plural, context.Path.Name).ToException();
        }

        return await writer.UpdateAsync(resource, context.Path.Namespace, context.Path.Name, request, (current, _) =>
        {
            var result = ownership.Apply(resource, current, applied, request, time.GetUtcNow());
            if (applied.GetMap("metadata")?.GetString("resourceVersion") is not { Length: > 0 })
            {
                result.GetMap("metadata")!.Remove("resourceVersion");
            }

            return result;
        }).ConfigureAwait(false);
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
