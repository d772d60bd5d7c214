using System.CommandLine;
using System.Globalization;
using Weir.Cli.Clusters;
using Weir.Cli.Getting;
using Weir.Cli.Help;
using Weir.Flux;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Cli.Commands;

/// <summary><c>weir stats</c>: how many objects of each kind run, fail and are suspended.</summary>
internal static class StatsCommand
{
    private static readonly string[] Header = ["RECONCILERS", "RUNNING", "FAILING", "SUSPENDED", "STORAGE"];

    // As flux lists them.
    private static readonly KindDefinition[] Kinds =
    [
        GitRepository.Definition, OciRepository.Definition, HelmRepository.Definition, HelmChart.Definition, Bucket.Definition,
        Kustomization.Definition, HelmRelease.Definition, Alert.Definition, Provider.Definition, Receiver.Definition,
        ImageUpdateAutomation.Definition, ImagePolicy.Definition, ImageRepository.Definition,
    ];

    public static Command Create()
    {
        var cluster = new ClusterOptions();
        var everywhere = new Option<bool>("--all-namespaces", "-A") { Description = "Count the objects of every namespace" };
        var command = new WeirCommand("stats", "Count Flux's objects by kind and state.")
        {
            Group = CommandGroup.Inspect,
            IsFluxVerb = true,
            Examples = [("weir stats -A", "the whole cluster")],
            ExitCodes = [(0, "printed"), (1, "the cluster cannot be asked")],
        };
        cluster.AddTo(command);
        command.Options.Add(everywhere);
        command.SetAction(async (result, cancellation) =>
        {
            using var client = cluster.Connect(result);
            var space = result.GetValue(everywhere) ? "" : cluster.Namespace(result);
            var rows = new List<IReadOnlyList<string>>();
            foreach (var kind in Kinds)
            {
                try
                {
                    rows.Add(Row(kind, (await client.ListAsync(kind.Kind, new() { Namespace = space }, cancellation)).Items));
                }
                catch (KindNotServedException)
                {
                    rows.Add(Row(kind, []));
                }
                catch (ApiException e)
                {
                    throw new CommandFailure(e.Message);
                }
            }

            TextTable.Print(result.InvocationConfiguration.Output, Header, rows);
            return 0;
        });
        return command;
    }

    private static string[] Row(KindDefinition kind, IReadOnlyList<MapValue> objects)
    {
        var (running, failing, suspended, size) = (0, 0, 0, 0L);
        foreach (var value in objects)
        {
            if (value.GetMap("spec")?.GetBool("suspend") == true)
            {
                suspended++;
            }
            else
            {
                running++;
            }

            if (FluxRow.Condition(value.GetMap("status"), "Ready")?.GetString("status") == "False")
            {
                failing++;
            }

            if (value.GetMap("status")?.GetMap("artifact")?.GetInt("size") is { } bytes)
            {
                size += bytes;
            }
        }

        var text = CultureInfo.InvariantCulture;
        return [kind.Kind.Kind, running.ToString(text), failing.ToString(text), suspended.ToString(text), size > 0 ? Size(size) : "-"];
    }

    private static string Size(long bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB"];
        var (value, unit) = ((double)bytes, 0);
        while (value >= 1024 && unit < units.Length - 1)
        {
            value /= 1024;
            unit++;
        }

        return unit == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes} B")
            : string.Create(CultureInfo.InvariantCulture, $"{value:F1} {units[unit]}");
    }
}
