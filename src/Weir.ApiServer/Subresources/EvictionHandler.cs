using Weir.ApiServer.Requests;
using Weir.ApiServer.Resources;
using Weir.ApiServer.Writing;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Subresources;

/// <summary>Evicts pods: deletes them with the options in the body when their disruption budget allows it.</summary>
internal sealed class EvictionHandler(ObjectWriter writer, DisruptionBudgets budgets)
{
    public async Task HandleAsync(RequestContext context, ServedResource resource)
    {
        var options = WriteOptions.Parse(context, "CreateOptions");
        var body = await BodyReader.ReadAsync(context).ConfigureAwait(false);
        var value = ObjectBody.Decode(context, body, new GroupVersionKind("policy", "v1", "Eviction"), isCustom: false, []);
        budgets.Check(context.Path.Namespace, context.Path.Name);
        var delete = value.GetMap("deleteOptions");
        await writer.DeleteAsync(
            resource,
            context.Path.Namespace,
            context.Path.Name,
            new DeleteOptions { GracePeriodSeconds = delete?.GetInt("gracePeriodSeconds"), PropagationPolicy = delete?.GetString("propagationPolicy") },
            WriteHandler.Request(context, options)).ConfigureAwait(false);
        await ResponseWriter.WriteAsync(context, 201, new MapValue
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new MapValue(),
            ["status"] = "Success",
            ["code"] = 201,
        }).ConfigureAwait(false);
    }
}
