using Weir.Kustomize.Kustomizations;
using Weir.Kustomize.Plugins;
using Weir.Kustomize.Resources;
using Weir.Values;

namespace Weir.Kustomize.Generators;

/// <summary>Makes the service account that Google's workload identity asks for.</summary>
internal sealed class IamPolicyGenerator(MapValue config, BuildContext context) : Generator
{
    private static readonly GoStruct Config = new(
        "IAMPolicyGeneratorPlugin",
        ("cloud", GoType.String),
        ("kubernetesService", new GoStruct("KubernetesService", ("name", GoType.String), ("namespace", GoType.String))),
        ("serviceAccount", new GoStruct("ServiceAccount", ("name", GoType.String), ("projectId", GoType.String))));

    public override string Kind => "IAMPolicyGenerator";

    public static IamPolicyGenerator Configure(MapValue config, PluginInput input) =>
        new(PluginInput.Decode(config, Config), input.Context) { Span = config.Span };

    public override IReadOnlyList<Resource> Generate()
    {
        if (config.Text("cloud") != "gke")
        {
            throw new BuildFailure($"cloud provider {config.Text("cloud")} not supported yet", Span) { Code = "kustomize-generator" };
        }

        var (service, account) = (config.GetMap("kubernetesService") ?? [], config.GetMap("serviceAccount") ?? []);
        var metadata = new MapValue
        {
            ["annotations"] = new MapValue
            {
                ["iam.gke.io/gcp-service-account"] = $"{account.Text("name")}@{account.Text("projectId")}.iam.gserviceaccount.com",
            },
            ["name"] = service.Text("name"),
        };
        if (service.Text("namespace") is { Length: > 0 } space)
        {
            metadata["namespace"] = space;
        }

        var value = new MapValue { Span = Span, ["apiVersion"] = "v1", ["kind"] = "ServiceAccount", ["metadata"] = metadata };
        return [new Resource(value, context.Schema)];
    }
}
