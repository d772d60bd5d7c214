using Weir.ApiServer.Resources;
using Weir.ApiServer.Storage;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Simulation;

/// <summary>Says in the status of a ValidatingAdmissionPolicy what its expressions get wrong about the kinds that it is about.</summary>
internal sealed class PolicyStatusController(SimulatedCluster cluster) : SimulatedController(
    cluster, cluster.Resource("admissionregistration.k8s.io", "v1", "validatingadmissionpolicies"), "validatingadmissionpolicy-status-controller")
{
    protected override async Task ReconcileAsync(StoredObject item)
    {
        var value = item.Decode();
        var generation = value.GetMap("metadata")?.GetInt("generation") ?? 1;
        if (value.GetMap("status")?.GetInt("observedGeneration") == generation)
        {
            return;
        }

        var kinds = new List<(GroupVersionKind, Schema)>();
        foreach (var (group, version, plural) in PolicyTypeCheck.Resources(value))
        {
            if (Cluster.Find(group, version, plural) is { } resource && Whole(resource) is { } schema)
            {
                kinds.Add((resource.Type.GroupVersionKind, schema));
            }
        }

        var checking = new MapValue();
        if (PolicyTypeCheck.Check(value, kinds, Parameters(value)) is { Count: > 0 } warnings)
        {
            checking["expressionWarnings"] = new ListValue(warnings.Select(static w => new MapValue { ["fieldRef"] = w.Field, ["warning"] = w.Warning }));
        }

        var status = value.GetMap("status")?.DeepClone() ?? [];
        status["observedGeneration"] = generation;
        status["typeChecking"] = checking;
        await WriteStatusAsync(value, status).ConfigureAwait(false);
    }

    private Schema? Parameters(MapValue policy)
    {
        if (policy.At("spec", "paramKind") is not MapValue wanted)
        {
            return null;
        }

        var kind = GroupVersionKind.Of(wanted.GetString("apiVersion"), wanted.GetString("kind"));
        return Cluster.Find(kind) is { } resource ? Whole(resource) : null;
    }

    /// <summary>The schema of whole objects; <see langword="null"/> for those that describe schemas themselves, which have no end.</summary>
    private static Schema? Whole(ServedResource resource) => resource.Group == "apiextensions.k8s.io" ? null : resource.Schema;
}
