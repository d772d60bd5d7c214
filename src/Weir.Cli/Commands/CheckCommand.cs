using System.CommandLine;
using Weir.Cli.Clusters;
using Weir.Cli.Help;
using Weir.Flux;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Cli.Commands;

/// <summary><c>weir check</c>: whether a cluster is fit for the controllers, and which of Flux's kinds it serves.</summary>
internal static class CheckCommand
{
    private const string Oldest = "1.34.0-0";

    public static Command Create()
    {
        var cluster = new ClusterOptions();
        var pre = new Option<bool>("--pre") { Description = "Only what must be there before the controllers run" };
        var command = new WeirCommand("check", "Check that a cluster can run the controllers.")
        {
            Group = CommandGroup.Cluster,
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

    private static async Task<bool> CheckKindsAsync(KubernetesClient client, TextWriter log, CancellationToken cancellationToken)
    {
        var isFine = true;
        foreach (var kind in FluxKinds.All)
        {
            var isServed = await client.Mapper.FindAsync(kind.Kind, cancellationToken) is not null;
            await log.WriteLineAsync(isServed
                ? $"✔ {kind.Plural}.{kind.Kind.ApiVersion}"
                : $"✗ {kind.Plural}.{kind.Kind.ApiVersion} is not served; weir controller installs it");
            isFine &= isServed;
        }

        return isFine;
    }
}
