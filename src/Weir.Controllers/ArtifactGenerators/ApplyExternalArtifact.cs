using Weir.Flux;
using Weir.Kubernetes.Client;
using Weir.Sources.Generating;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Writes the ExternalArtifact of one output, and its status.</summary>
internal static class ApplyExternalArtifact
{
    public const string ControllerName = "source-watcher";

    private const string GeneratorLabel = "source.extensions.fluxcd.io/generator";
    private const string ManagedByLabel = "app.kubernetes.io/managed-by";

    public static async Task RunAsync(
        SourceServices services, ArtifactGenerator generator, OutputPlan plan, MapValue artifact, CancellationToken cancellationToken)
    {
        var wanted = Wanted(generator, plan);
        var options = new WriteOptions { FieldManager = ControllerName, IsForced = true };
        var live = await services.Client.ApplyAsync(wanted, options, cancellationToken).ConfigureAwait(false);

        var status = new MapValue { ["artifact"] = artifact };
        var generation = live.GetMap("metadata")?.GetInt("generation") ?? 0;
        if (live.GetMap("status")?.GetList("conditions") is { } conditions)
        {
            // The moment of the last transition stays when nothing changes.
            status["conditions"] = conditions.DeepClone();
        }

        new ConditionList(status, generation, services.Settings.Time).SetTrue(ConditionTypes.Ready, Reasons.Succeeded, "Artifact is ready");
        await services.Client.ApplyAsync(
            new MapValue
            {
                ["apiVersion"] = ExternalArtifact.Kind.ApiVersion,
                ["kind"] = ExternalArtifact.Kind.Kind,
                ["metadata"] = new MapValue { ["name"] = plan.Output.Name, ["namespace"] = generator.Metadata.Namespace },
                ["status"] = status,
            },
            options with { Subresource = "status" },
            cancellationToken).ConfigureAwait(false);
    }

    private static MapValue Wanted(ArtifactGenerator generator, OutputPlan plan)
    {
        var labels = new MapValue();
        Copy(generator.Spec.CommonMetadata?.Labels, labels);
        Copy(plan.Labels, labels);
        labels[ManagedByLabel] = ControllerName;
        labels[GeneratorLabel] = generator.Metadata.Uid;
        var metadata = new MapValue
        {
            ["name"] = plan.Output.Name,
            ["namespace"] = generator.Metadata.Namespace,
            ["labels"] = labels,
        };
        if (generator.Spec.CommonMetadata?.Annotations is { Count: > 0 } annotations)
        {
            var map = new MapValue();
            Copy(annotations, map);
            metadata["annotations"] = map;
        }

        return new MapValue
        {
            ["apiVersion"] = ExternalArtifact.Kind.ApiVersion,
            ["kind"] = ExternalArtifact.Kind.Kind,
            ["metadata"] = metadata,
            ["spec"] = new MapValue
            {
                ["sourceRef"] = new MapValue
                {
                    ["apiVersion"] = ArtifactGenerator.Kind.ApiVersion,
                    ["kind"] = ArtifactGenerator.Kind.Kind,
                    ["name"] = generator.Metadata.Name,
                    ["namespace"] = generator.Metadata.Namespace,
                },
            },
        };
    }

    private static void Copy(IEnumerable<KeyValuePair<string, string>>? from, MapValue to)
    {
        foreach (var (key, value) in from ?? [])
        {
            to[key] = value;
        }
    }
}
