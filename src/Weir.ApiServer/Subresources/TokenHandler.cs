using Weir.ApiServer.Authentication;
using Weir.ApiServer.Encoding;
using Weir.ApiServer.Reading;
using Weir.ApiServer.Requests;
using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Writing;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Subresources;

/// <summary>Issues tokens for service accounts (<c>TokenRequest</c>).</summary>
internal sealed class TokenHandler(ServiceAccountTokens tokens, TimeProvider time)
{
    private static readonly GroupVersionKind Kind = new("authentication.k8s.io", "v1", "TokenRequest");

    public async Task HandleAsync(RequestContext context, ServedResource resource)
    {
        var options = WriteOptions.Parse(context, "CreateOptions");
        var body = await BodyReader.ReadAsync(context).ConfigureAwait(false);
        var value = ObjectBody.Decode(context, body, Kind, isCustom: false, []);
        var account = GetHandler.Find(resource, context.Path);
        var spec = value.GetOrAddMap("spec");
        var seconds = spec.GetInt("expirationSeconds") ?? 3_600;
        Check(seconds, account.Name);
        var audiences = (spec.GetList("audiences") ?? []).OfType<StringValue>().Select(a => a.Value).ToList();
        if (audiences.Count == 0)
        {
            audiences.Add(ServiceAccountTokens.Issuer);
        }

        var now = time.GetUtcNow();
        var token = tokens.Issue(account.Namespace, account.Name, account.Uid, audiences, TimeSpan.FromSeconds(seconds), spec.GetMap("boundObjectRef"));
        var managed = new MapValue();
        foreach (var (key, _) in spec)
        {
            managed[$"f:{key}"] = new MapValue();
        }

        if (!managed.ContainsKey("f:expirationSeconds"))
        {
            managed["f:expirationSeconds"] = new MapValue();
        }

        var answer = new MapValue
        {
            ["kind"] = Kind.Kind,
            ["apiVersion"] = Kind.ApiVersion,
            ["metadata"] = new MapValue
            {
                ["name"] = account.Name,
                ["namespace"] = account.Namespace,
                ["uid"] = account.Uid,
                ["creationTimestamp"] = ObjectMetadata.Timestamp(now),
                ["managedFields"] = new ListValue
                {
                    new MapValue
                    {
                        ["manager"] = options.Manager,
                        ["operation"] = "Update",
                        ["apiVersion"] = Kind.ApiVersion,
                        ["time"] = ObjectMetadata.Timestamp(now),
                        ["fieldsType"] = "FieldsV1",
                        ["fieldsV1"] = new MapValue { ["f:spec"] = managed },
                        ["subresource"] = "token",
                    },
                },
            },
            ["spec"] = new MapValue
            {
                ["audiences"] = new ListValue(audiences.Select(a => (Value)a)),
                ["expirationSeconds"] = seconds,
                ["boundObjectRef"] = spec["boundObjectRef"] ?? NullValue.Instance,
            },
            ["status"] = new MapValue
            {
                ["token"] = options.IsDryRun ? "" : token,
                ["expirationTimestamp"] = ObjectMetadata.Timestamp(now.AddSeconds(seconds)),
            },
        };
        context.Format = Negotiation.Choose(context.Http.Request.Headers.Accept, mayTransform: true).Format;
        await ResponseWriter.WriteAsync(context, 201, answer).ConfigureAwait(false);
    }

    private static void Check(long seconds, string name)
    {
        var problem = seconds < 600 ? "may not specify a duration less than 10 minutes" : seconds > 1L << 32 ? "may not specify a duration larger than 2^32 seconds" : null;
        if (problem is not null)
        {
            throw ApiStatus.Invalid("authentication.k8s.io", "TokenRequest", name,
                [new("FieldValueInvalid", $"Invalid value: {seconds}: {problem}", "spec.expirationSeconds")]).ToException();
        }
    }
}
