using Weir.ApiServer.Authentication;
using Weir.ApiServer.Authorization;
using Weir.ApiServer.Statuses;
using Weir.Values;

namespace Weir.ApiServer.Reviews;

/// <summary>Answers whether somebody may do something.</summary>
internal static class AccessReview
{
    public static MapValue Self(MapValue review, UserInfo user, RbacAuthorizer authorizer) => Answer(review, user, "", authorizer, isSelf: true);

    /// <param name="review">The review, which names the user.</param>
    /// <param name="ns">The namespace of a local review; empty otherwise.</param>
    /// <param name="authorizer">Who decides.</param>
    public static MapValue Other(MapValue review, string ns, RbacAuthorizer authorizer)
    {
        var spec = review.GetMap("spec") ?? new MapValue();
        var extra = new List<KeyValuePair<string, IReadOnlyList<string>>>();
        foreach (var (key, values) in spec.GetMap("extra") ?? new MapValue())
        {
            extra.Add(new(key, Strings(values as ListValue)));
        }

        var user = new UserInfo { Name = spec.GetString("user") ?? "", Uid = spec.GetString("uid") ?? "", Groups = Strings(spec.GetList("groups")), Extra = extra };
        return Answer(review, user, ns, authorizer, isSelf: false);
    }

    private static MapValue Answer(MapValue review, UserInfo user, string ns, RbacAuthorizer authorizer, bool isSelf)
    {
        var spec = review.GetOrAddMap("spec");
        Check(review, spec, user, ns, isSelf);
        var decision = authorizer.Authorize(Attributes(spec, user));
        var status = new MapValue { ["allowed"] = decision.IsAllowed };
        if (decision.Reason.Length > 0)
        {
            status["reason"] = decision.Reason;
        }

        if (decision.Error.Length > 0)
        {
            status["evaluationError"] = decision.Error;
        }

        review["status"] = status;
        return review;
    }

    private static AccessAttributes Attributes(MapValue spec, UserInfo user)
    {
        if (spec.GetMap("resourceAttributes") is { } resource)
        {
            return new AccessAttributes
            {
                User = user,
                Verb = resource.GetString("verb") ?? "",
                Group = resource.GetString("group") ?? "",
                Version = resource.GetString("version") ?? "",
                Namespace = resource.GetString("namespace") ?? "",
                Resource = resource.GetString("resource") ?? "",
                Subresource = resource.GetString("subresource") ?? "",
                Name = resource.GetString("name") ?? "",
            };
        }

        var path = spec.GetMap("nonResourceAttributes")!;
        return new AccessAttributes { User = user, Verb = path.GetString("verb") ?? "", IsResource = false, Path = path.GetString("path") ?? "" };
    }

    private static void Check(MapValue review, MapValue spec, UserInfo user, string ns, bool isSelf)
    {
        var causes = new List<StatusCause>();
        var resource = spec.GetMap("resourceAttributes");
        var path = spec.GetMap("nonResourceAttributes");
        if (resource is not null && path is not null)
        {
            causes.Add(new("FieldValueInvalid",
                $"Invalid value: {{\"Path\":\"{path.GetString("path")}\",\"Verb\":\"{path.GetString("verb")}\"}}: cannot be specified in combination with resourceAttributes",
                "spec.nonResourceAttributes"));
        }

        if (resource is null && path is null)
        {
            causes.Add(new("FieldValueInvalid", "Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified", "spec.resourceAttributes"));
        }

        if (!isSelf && user.Name.Length == 0 && user.Groups.Count == 0)
        {
            causes.Add(new("FieldValueInvalid", "Invalid value: \"\": at least one of user or group must be specified", "spec.user"));
        }

        if (ns.Length > 0 && resource is not null && resource.GetString("namespace") != (review.GetMap("metadata")?.GetString("namespace") ?? ns))
        {
            causes.Add(new("FieldValueInvalid", $"Invalid value: \"{resource.GetString("namespace")}\": must match metadata.namespace", "spec.resourceAttributes.namespace"));
        }

        if (causes.Count > 0)
        {
            throw ApiStatus.Invalid("authorization.k8s.io", "", "", causes).ToException();
        }
    }

    private static IReadOnlyList<string> Strings(ListValue? list) => list is null ? [] : [.. list.OfType<StringValue>().Select(s => s.Value)];
}
