using System.CommandLine;
using Weir.Cli.Clusters;
using Weir.Cli.Help;
using Weir.Cli.Getting;
using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Cli.Commands;

/// <summary><c>weir check</c>: whether a cluster is fit for the controllers, and which of Flux's kinds it serves.</summary>
internal static class CheckCommand
{
    private const string Oldest = "1.33.0-0";
    private static readonly GroupVersionKind Deployment = new("apps", "v1", "Deployment");

    public static Command Create()
    {
        var cluster = new ClusterOptions();
        var pre = new Option<bool>("--pre") { Description = "Only what must be there before the controllers run" };
        var command = new WeirCommand("check", "Check that a cluster can run the controllers.")
        {
            Group = CommandGroup.Cluster,
            IsFluxVerb = true,
            Examples = [("weir check --pre", "before anything is installed"), ("weir check", "with Flux's kinds")],
            ExitCodes = [(0, "all checks passed"), (1, "a check failed, or the cluster cannot be reached")],
        };
        cluster.AddTo(command);
        command.Options.Add(pre);
        command.SetAction(async (result, cancellation) =>
        {
            using var client = cluster.Connect(result);
            var log = result.InvocationConfiguration.Error;
            await log.WriteLineAsync("► checking prerequisites");
            var isFine = await CheckVersionAsync(client, log, cancellation);
            if (!result.GetValue(pre))
            {
                await log.WriteLineAsync("► checking controllers");
                isFine &= await CheckControllersAsync(client, cluster.Namespace(result), log, cancellation);
                await log.WriteLineAsync("► checking crds");
                isFine &= await CheckKindsAsync(client, log, cancellation);
            }

            if (!isFine)
            {
                await log.WriteLineAsync("✗ check failed");
                return 1;
            }

            await log.WriteLineAsync(result.GetValue(pre) ? "✔ prerequisites checks passed" : "✔ all checks passed");
            return 0;
        });
        return command;
    }

    private static async Task<bool> CheckVersionAsync(KubernetesClient client, TextWriter log, CancellationToken cancellationToken)
    {
        string version;
        try
        {
            version = (await client.GetPathAsync("/version", cancellationToken)).GetString("gitVersion")?.TrimStart('v') ?? "";
        }
        catch (Exception e) when (e is ApiException or HttpRequestException)
        {
            await log.WriteLineAsync($"✗ Kubernetes API call failed: {e.Message}");
            return false;
        }

        var isNewEnough = SemanticVersion.TryParse(version, out var parsed)
            && SemanticVersion.TryParse(Oldest, out var oldest) && parsed.CompareTo(oldest) >= 0;
        await log.WriteLineAsync(isNewEnough ? $"✔ Kubernetes {version} >={Oldest}" : $"✗ Kubernetes version {version} does not match >={Oldest}");
        return isNewEnough;
    }

    // Controllers outside a cluster leave no Deployment in it.
    private static async Task<bool> CheckControllersAsync(KubernetesClient client, string space, TextWriter log, CancellationToken cancellationToken)
    {
        try
        {
            var deployments = await client.ListAsync(Deployment, new() { Namespace = space, LabelSelector = "app.kubernetes.io/part-of=flux" }, cancellationToken);
            var isFine = true;
            foreach (var deployment in deployments.Items)
            {
                var isReady = FluxRow.Matches(deployment, "Available", "True");
                await log.WriteLineAsync($"{(isReady ? "✔" : "✗")} {deployment.Name()}: deployment {(isReady ? "ready" : "not ready")}");
                foreach (var container in deployment.GetMap("spec")?.GetMap("template")?.GetMap("spec")?.GetList("containers")?.OfType<MapValue>() ?? [])
                {
                    await log.WriteLineAsync($"► {container.GetString("image")}");
                }

                isFine &= isReady;
            }

            if (deployments.Items.Count == 0)
            {
                await log.WriteLineAsync(
                    $"⚠️ no controllers found in the '{space}' namespace with the label selector 'app.kubernetes.io/part-of=flux'; controllers outside the cluster are not seen here");
            }

            return isFine;
        }
        catch (Exception e) when (e is ApiException or KindNotServedException)
        {
            await log.WriteLineAsync($"✗ {e.Message}");
            return false;
        }
    }

    private static async Task<bool> CheckKindsAsync(KubernetesClient client, TextWriter log, CancellationToken cancellationToken)
    {
        var isFine = true;
        foreach (var kind in FluxKinds.All)
        {
            var isServed = await client.Mapper.FindAsync(kind.Kind, cancellationToken) is not null;
            await log.WriteLineAsync(isServed
                ? $"✔ {kind.Plural}.{kind.Kind.Group}/{kind.Kind.Version}"
                : $"✗ {kind.Plural}.{kind.Kind.Group}/{kind.Kind.Version} is not served; weir controller installs it");
            isFine &= isServed;
        }

        return isFine;
    }
}
