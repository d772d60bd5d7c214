using Weir.ApiServer.Encoding;
using Weir.ApiServer.Reading;
using Weir.ApiServer.Requests;
using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Writing;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Subresources;

/// <summary>Reads and writes the number of replicas through <c>autoscaling/v1 Scale</c>.</summary>
internal sealed class ScaleHandler(ObjectWriter writer, Ownership ownership, TimeProvider time)
{
    private static readonly GroupVersionKind ScaleKind = new("autoscaling", "v1", "Scale");

    public async Task HandleAsync(RequestContext context, ServedResource resource)
    {
        var view = ScaleView.For(resource);
        if (context.Verb == "get")
        {
            await WriteAsync(context, view.Show(resource.View.Value(GetHandler.Find(resource, context.Path)))).ConfigureAwait(false);
            return;
        }

        var isPatch = context.Verb == "patch";
        var type = (context.Http.Request.ContentType ?? "").Split(';')[0].Trim();
        var isApply = isPatch && type == Patcher.ApplyPatchType;
        var options = WriteOptions.Parse(context, isPatch ? "PatchOptions" : "UpdateOptions", isApply);
        var body = await BodyReader.ReadAsync(context).ConfigureAwait(false);
        var request = WriteHandler.Request(context, options, "scale") with { IsApply = isApply, Force = options.Force == true, ScalePath = view.SpecPath };
        var patch = isPatch ? Patcher.Read(body, type, isCustom: false) : ObjectBody.Decode(context, body, ScaleKind, isCustom: false, []);
        var result = await writer.UpdateAsync(resource, context.Path.Namespace, context.Path.Name, request, (current, _) =>
        {
            var shown = view.Show(current);
            var wanted = !isPatch ? (MapValue)patch : Patcher.Apply(shown, patch, type, BuiltInSchemas.Find(ScaleKind)!);
            if (wanted.GetMap("metadata")?.GetString("resourceVersion") is { Length: > 0 } version)
            {
                current.GetOrAddMap("metadata")["resourceVersion"] = version;
            }
            else
            {
                current.GetOrAddMap("metadata").Remove("resourceVersion");
            }

            var replicas = wanted.GetMap("spec")?.GetInt("replicas") ?? 0;
            if (replicas < 0)
            {
                throw ApiStatus.Invalid("autoscaling", "Scale", context.Path.Name,
                    [new("FieldValueInvalid", $"Invalid value: {replicas}: must be greater than or equal to 0", "spec.replicas")]).ToException();
            }

            if (isApply)
            {
                return ApplyReplicas(resource, current, view, replicas, request);
            }

            view.Put(current, replicas);
            return current;
        }).ConfigureAwait(false);
        await WriteAsync(context, view.Show(result.Stored is { } stored ? resource.View.Value(stored) : result.Value!)).ConfigureAwait(false);
    }

    /// <summary>An apply of a scale is an apply of the object's replicas.</summary>
    private MapValue ApplyReplicas(ServedResource resource, MapValue current, ScaleView view, long replicas, WriteRequest request)
    {
        var configuration = new MapValue
        {
            ["apiVersion"] = resource.ApiVersion,
            ["kind"] = resource.Kind,
            ["metadata"] = new MapValue { ["name"] = current.Name() },
        };
        if (resource.Type.IsNamespaced)
        {
            configuration.GetMap("metadata")!["namespace"] = current.Namespace();
        }

        view.Put(configuration, replicas);
        return ownership.Apply(resource, current, configuration, request, time.GetUtcNow());
    }

    private static Task WriteAsync(RequestContext context, MapValue value)
    {
        context.Format = Negotiation.Choose(context.Http.Request.Headers.Accept, mayTransform: true).Format;
        return ResponseWriter.WriteAsync(context, 200, value);
    }
}
