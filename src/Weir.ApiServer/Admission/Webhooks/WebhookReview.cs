using Weir.ApiServer.Encoding;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Admission;

/// <summary>AdmissionReviews: what a webhook is sent, and what may be read from its answer.</summary>
internal static class WebhookReview
{
    private const string Group = "admission.k8s.io";

    public static MapValue Request(AdmissionRequest request, string version, string uid)
    {
        var asked = request.RequestKind ?? request.Kind;
        var user = new MapValue { ["username"] = request.User.Name };
        Put(user, "uid", request.User.Uid);
        if (request.User.Groups.Count > 0)
        {
            user["groups"] = Texts(request.User.Groups);
        }

        if (request.User.Extra.Count > 0)
        {
            user["extra"] = new MapValue(request.User.Extra.Select(static e => new KeyValuePair<string, Value>(e.Key, Texts(e.Value))));
        }

        var review = new MapValue { ["uid"] = uid, ["kind"] = Kind(request.Kind), ["resource"] = Resource(request.Kind, request.Resource) };
        Put(review, "subResource", request.Subresource);
        review["requestKind"] = Kind(asked);
        review["requestResource"] = Resource(asked, request.Resource);
        Put(review, "requestSubResource", request.Subresource);
        Put(review, "name", request.Name);
        Put(review, "namespace", request.Namespace);
        review["operation"] = request.Operation;
        review["userInfo"] = user;
        review["object"] = request.Object ?? (Value)NullValue.Instance;
        review["oldObject"] = request.OldObject ?? (Value)NullValue.Instance;
        review["dryRun"] = request.IsDryRun;
        review["options"] = request.Options ?? (Value)NullValue.Instance;
        return new MapValue { ["kind"] = "AdmissionReview", ["apiVersion"] = $"{Group}/{version}", ["request"] = review };
    }

    /// <summary>Reads an answer; throws what is wrong with it.</summary>
    public static WebhookAnswer Answer(MapValue review, Webhook webhook, string uid)
    {
        if (review.GetMap("response") is not { } response)
        {
            throw Invalid("webhook response was absent");
        }

        var patchType = response["patchType"] is StringValue type ? type.Value : null;
        var patch = response.GetString("patch") ?? "";
        if (webhook.ReviewVersion == "v1")
        {
            if (response.GetString("uid") != uid)
            {
                throw Invalid($"expected response.uid={GoQuote.Quote(uid)}, got {GoQuote.Quote(response.GetString("uid") ?? "")}");
            }

            var kind = GroupVersionKind.Of(review.GetString("apiVersion"), review.GetString("kind"));
            if (kind != new GroupVersionKind(Group, "v1", "AdmissionReview"))
            {
                throw Invalid($"expected webhook response of {Group}/v1, Kind=AdmissionReview, got {kind.Group}/{kind.Version}, Kind={kind.Kind}");
            }

            CheckPatch(webhook.IsMutating, patch, patchType);
        }
        else
        {
            patchType = patch.Length > 0 ? "JSONPatch" : null;
        }

        return new()
        {
            IsAllowed = response.GetBool("allowed") == true,
            Result = response.GetMap("status") ?? [],
            Warnings = [.. (response.GetList("warnings") ?? []).OfType<StringValue>().Select(static w => w.Value)],
            Patch = webhook.IsMutating && patch.Length > 0 ? Operations(patch, patchType!) : null,
        };
    }

    private static void CheckPatch(bool isMutating, string patch, string? type)
    {
        if (!isMutating)
        {
            if (patch.Length > 0 || type is not null)
            {
                throw Invalid($"validating webhook may not return response.{(patch.Length > 0 ? "patch" : "patchType")}");
            }

            return;
        }

        if (patch.Length > 0 && type is null)
        {
            throw Invalid("webhook returned response.patch but not response.patchType");
        }

        if (patch.Length == 0 && type is not null)
        {
            throw Invalid("webhook returned response.patchType but not response.patch");
        }

        if (type?.Length == 0)
        {
            throw Invalid("webhook returned invalid response.patchType of \"\"");
        }
    }

    private static ListValue Operations(string patch, string type)
    {
        var bytes = new byte[patch.Length];
        if (!Convert.TryFromBase64String(patch, bytes, out var length))
        {
            throw new WebhookFailure("failed to call webhook: illegal base64 data in response.patch");
        }

        var operations = JsonDecoder.Decode(bytes.AsSpan(0, length), out var error) as ListValue
            ?? throw new WebhookFailure($"received undecodable patch in webhook response: {error ?? "json: cannot unmarshal into Go value of type jsonpatch.Patch"}");
        return type == "JSONPatch" || operations.Count == 0 ? operations : throw new WebhookFailure($"unsupported patch type {GoQuote.Quote(type)}");
    }

    private static WebhookFailure Invalid(string reason) => new($"received invalid webhook response: {reason}");

    private static MapValue Kind(GroupVersionKind kind) => new() { ["group"] = kind.Group, ["version"] = kind.Version, ["kind"] = kind.Kind };

    private static MapValue Resource(GroupVersionKind kind, string plural) => new() { ["group"] = kind.Group, ["version"] = kind.Version, ["resource"] = plural };

    private static ListValue Texts(IEnumerable<string> texts) => new(texts.Select(static t => new StringValue(t)));

    private static void Put(MapValue map, string key, string text)
    {
        if (text.Length > 0)
        {
            map[key] = text;
        }
    }
}
