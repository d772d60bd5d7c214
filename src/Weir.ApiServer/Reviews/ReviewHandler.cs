using Weir.ApiServer.Authentication;
using Weir.ApiServer.Authorization;
using Weir.ApiServer.Encoding;
using Weir.ApiServer.Requests;
using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Writing;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Reviews;

/// <summary>Resources that are questions: who am I, may I, whose token is this.</summary>
internal sealed class ReviewHandler(Authenticator authenticator, RbacAuthorizer authorizer, Ownership ownership, TimeProvider time)
{
    /// <summary>True for resources that nothing stores.</summary>
    public static bool Owns(ServedResource resource) => resource.Type.Verbs == ResourceVerbs.Create;

    public async Task HandleAsync(RequestContext context, ServedResource resource)
    {
        if (context.Verb != "create" || context.Path.Name.Length > 0 || resource.Type.IsNamespaced != context.Path.Namespace.Length > 0)
        {
            throw ApiStatus.MethodNotAllowed().ToException();
        }

        var options = WriteOptions.Parse(context, "CreateOptions");
        var body = await BodyReader.ReadAsync(context).ConfigureAwait(false);
        var duplicates = new List<string>();
        var value = ObjectBody.Decode(context, body, resource.Type.GroupVersionKind, isCustom: false, duplicates);
        value = FieldChecks.Apply(context, resource.Type.GroupVersionKind, resource, value, duplicates, options);
        var answer = resource.Plural switch
        {
            "selfsubjectreviews" => WhoAmI(context, value),
            "tokenreviews" => ReviewToken(value),
            "selfsubjectaccessreviews" => Own(AccessReview.Self(value.DeepClone(), context.User, authorizer), value, resource, options),
            "subjectaccessreviews" => Own(AccessReview.Other(value.DeepClone(), "", authorizer), value, resource, options),
            "localsubjectaccessreviews" => Own(AccessReview.Other(value.DeepClone(), context.Path.Namespace, authorizer), value, resource, options),
            "selfsubjectrulesreviews" => Own(RulesReview.Answer(value.DeepClone(), context.User, authorizer), value, resource, options),
            _ => throw new ApiStatus(501, "NotImplemented", $"{resource.Type.GroupResource} is not supported by the embedded API").ToException(),
        };
        context.Format = Negotiation.Choose(context.Http.Request.Headers.Accept, mayTransform: true).Format;
        await ResponseWriter.WriteAsync(context, 201, answer).ConfigureAwait(false);
    }

    /// <summary>Reviews carry the managed fields of their sender, like any created object.</summary>
    private MapValue Own(MapValue answer, MapValue asked, ServedResource resource, WriteOptions options)
    {
        asked.Remove("status");
        var tracked = ownership.Track(resource, null, asked, new WriteRequest { User = UserInfo.Loopback, Manager = options.Manager }, time.GetUtcNow());
        if (tracked.GetMap("metadata")?["managedFields"] is { } managed)
        {
            answer.GetOrAddMap("metadata")["managedFields"] = managed;
        }

        return answer;
    }

    private MapValue WhoAmI(RequestContext context, MapValue value) => new()
    {
        ["kind"] = value["kind"]!,
        ["apiVersion"] = value["apiVersion"]!,
        ["metadata"] = new MapValue { ["creationTimestamp"] = ObjectMetadata.Timestamp(time.GetUtcNow()) },
        ["status"] = new MapValue { ["userInfo"] = Describe(context.User) },
    };

    private MapValue ReviewToken(MapValue value)
    {
        var spec = value.GetMap("spec") ?? new MapValue();
        var audiences = (spec.GetList("audiences") ?? []).OfType<StringValue>().Select(a => a.Value).ToList();
        var user = spec.GetString("token") is { Length: > 0 } token ? authenticator.Review(token, audiences) : null;
        value["metadata"] = new MapValue { ["creationTimestamp"] = NullValue.Instance };
        value["status"] = user is null
            ? new MapValue { ["user"] = new MapValue(), ["error"] = "[invalid bearer token, unknown]" }
            : new MapValue
            {
                ["authenticated"] = true,
                ["user"] = Describe(user),
                ["audiences"] = new ListValue((audiences.Count > 0 ? audiences : [ServiceAccountTokens.Issuer]).Select(a => (Value)a)),
            };
        return value;
    }

    private static MapValue Describe(UserInfo user)
    {
        var shown = new MapValue { ["username"] = user.Name };
        if (user.Uid.Length > 0)
        {
            shown["uid"] = user.Uid;
        }

        if (user.Groups.Count > 0)
        {
            shown["groups"] = new ListValue(user.Groups.Select(g => (Value)g));
        }

        if (user.Extra.Count > 0)
        {
            var extra = new MapValue();
            foreach (var (key, values) in user.Extra)
            {
                extra[key] = new ListValue(values.Select(v => (Value)v));
            }

            shown["extra"] = extra;
        }

        return shown;
    }
}
