using System.CommandLine;
using Weir.Cli.Clusters;
using Weir.Cli.Help;
using Weir.Controllers;
using Weir.Kubernetes.Client;
using Weir.Sources.Mirrors;

namespace Weir.Cli.Commands;

/// <summary><c>weir controller</c>: the controllers alone, against any cluster.</summary>
internal static class ControllerCommand
{
    internal static Command Create()
    {
        var cluster = new ClusterOptions();
        var artifacts = new Option<string>("--artifact-address") { Description = "Serve artifacts at this address", DefaultValueFactory = _ => "127.0.0.1:9090", HelpName = "HOST:PORT" };
        var advertised = new Option<string?>("--storage-adv-addr") { Description = "The address that is written into artifact URLs, when it is another", HelpName = "HOST:PORT" };
        var receiver = new Option<string>("--receiver-address") { Description = "Serve webhook receivers at this address", DefaultValueFactory = _ => "127.0.0.1:9292", HelpName = "HOST:PORT" };
        var concurrency = new Option<int>("--concurrency") { Description = "How many objects of a kind are worked on at once", DefaultValueFactory = _ => 4 };
        var data = new Option<string?>("--data-dir") { Description = "Keep artifacts and caches in this directory; in a temporary one without it" };
        var install = new Option<bool>("--install-crds") { Description = "Create or update Flux's CustomResourceDefinitions first", DefaultValueFactory = _ => true };
        var mirrors = new Option<string[]>("--mirror") { Description = "Answer a URL prefix from a local path (repeatable)", HelpName = "URL-PREFIX=PATH" };
        var crossNamespace = new Option<bool>("--no-cross-namespace-refs") { Description = "Refuse references to other namespaces" };
        var account = new Option<string>("--default-service-account") { Description = "The ServiceAccount that objects without one act as", DefaultValueFactory = _ => "" };
        var dependency = new Option<int>("--requeue-dependency") { Description = "Seconds between looks at a dependency that tells nothing", DefaultValueFactory = _ => 30 };
        var guard = new Option<PruneGuard>("--prune-guard") { Description = "Refuse renderings that would delete all that a Kustomization manages: Empty, Replaced (also those that share no object with the last) or Off", DefaultValueFactory = _ => PruneGuard.Empty };
        var drift = new Option<bool>("--watch-drift") { Description = "Watch what is managed and correct drift when it happens, not only at the next interval", DefaultValueFactory = _ => true };
        var labels = new Option<string?>("--watch-label-selector") { Description = "Reconcile only objects with these labels" };
        var command = new WeirCommand("controller", "Run the controllers against a cluster, until interrupted.")
        {
            ExitCodes = [(0, "stopped by SIGTERM or Ctrl-C"), (1, "the cluster cannot be reached, or an address cannot be used")],
            Examples =
            [
                ("weir controller --kubeconfig ~/.kube/config", "reconcile every Flux object of that cluster"),
                ("weir controller --no-cross-namespace-refs --default-service-account default", "the lockdown of a cluster with tenants"),
            ],
        };
        cluster.AddTo(command);
        foreach (var option in (Option[])[artifacts, advertised, receiver, concurrency, data, install, mirrors, crossNamespace, account, dependency, guard, drift, labels])
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = parsed.GetValue(data);
            var temporary = folder is null ? Directory.CreateTempSubdirectory("weir-controller-") : null;
            try
            {
                var parsedMirrors = new List<SourceMirror>();
                foreach (var text in parsed.GetValue(mirrors) ?? [])
                {
                    if (SourceMirrors.Parse(text, Environment.CurrentDirectory) is not { } mirror)
                    {
                        await Console.Error.WriteLineAsync($"weir controller: '{text}' is no URL-PREFIX=PATH").ConfigureAwait(false);
                        return 1;
                    }

                    parsedMirrors.Add(mirror);
                }

                using var client = cluster.Connect(parsed);
                if (parsed.GetValue(install))
                {
                    await ControllerHost.InstallAsync(client, cancellation).ConfigureAwait(false);
                }

                var host = await ControllerHost.StartAsync(
                    new()
                    {
                        Client = client,
                        DataDirectory = folder ?? temporary!.FullName,
                        ArtifactAddress = parsed.GetValue(artifacts)!,
                        AdvertisedArtifactAddress = parsed.GetValue(advertised) is { } address ? new Uri($"http://{address}/") : null,
                        Concurrency = parsed.GetValue(concurrency),
                        Mirrors = new SourceMirrors(parsedMirrors),
                        BlocksCrossNamespaceReferences = parsed.GetValue(crossNamespace),
                        DefaultServiceAccount = parsed.GetValue(account)!,
                        DependencyRetry = TimeSpan.FromSeconds(parsed.GetValue(dependency)),
                        PruneGuard = parsed.GetValue(guard),
                        WatchesDrift = parsed.GetValue(drift),
                        WatchLabelSelector = parsed.GetValue(labels),
                        Log = Log,
                    },
                    cancellation).ConfigureAwait(false);
                await using (host.ConfigureAwait(false))
                {
                    await Console.Out.WriteLineAsync($"Controllers run; artifacts are at {host.ArtifactAddress}").ConfigureAwait(false);
                    await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }

                return 0;
            }
            catch (OperationCanceledException)
            {
                return 0;
            }
            catch (Exception e) when (e is ApiException or HttpRequestException or IOException or ApplyFailedException or KindNotServedException or System.Net.HttpListenerException)
            {
                await Console.Error.WriteLineAsync($"weir controller: {e.Message}").ConfigureAwait(false);
                return 1;
            }
            finally
            {
                temporary?.Delete(recursive: true);
            }
        });
        return command;
    }

    private static void Log(LogEntry entry) =>
        Console.Error.WriteLine($"{(entry.Level == LogLevel.Error ? "error" : "info")} {entry.Kind}/{entry.Object} {entry.Message}{(entry.Error is null ? "" : $"\n{entry.Error}")}");
}
