using System.CommandLine;
using System.Runtime.InteropServices;
using Weir.Cli.Clusters;
using Weir.Cli.Engine;
using Weir.Cli.Help;
using Weir.Controllers;
using Weir.Kubernetes.Client;

namespace Weir.Cli.Commands;

/// <summary><c>weir controller</c>: the controllers alone, against any cluster.</summary>
internal static class ControllerCommand
{
    public static Command Create()
    {
        var cluster = new ClusterOptions();
        var flags = new ControllerFlags();
        var install = new Option<bool>("--install-crds") { Description = "Create or update Flux's CustomResourceDefinitions first", DefaultValueFactory = _ => true };
        var command = new WeirCommand("controller", "Run the controllers against a cluster, until interrupted.")
        {
            HandlesSignals = true,
            ExitCodes = [(0, "stopped by SIGTERM or Ctrl-C"), (1, "the cluster cannot be reached, an address cannot be used, or the lead was lost")],
            Examples =
            [
                ("weir controller --kubeconfig ~/.kube/config", "reconcile every Flux object of that cluster"),
                ("weir controller --no-cross-namespace-refs --default-service-account default", "the lockdown of a cluster with tenants"),
                ("weir controller --enable-leader-election --metrics-addr :8080 --health-addr :9440", "one of several replicas"),
                ("weir controller --watch-label-selector sharding.fluxcd.io/key=one", "one shard of a large cluster"),
            ],
        };
        cluster.AddTo(command);
        flags.AddTo(command);
        command.Options.Add(install);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var log = flags.Log(parsed);
            var folder = flags.DataDirectory(parsed);
            var temporary = folder is null ? Directory.CreateTempSubdirectory("weir-controller-") : null;
            using var stop = new Signals(cancellation);
            try
            {
                using var client = cluster.Connect(parsed, mayRunInside: true);
                var options = flags.Read(parsed, client, folder ?? temporary!.FullName, Environment.GetEnvironmentVariable) with { Log = log.Write };
                using var spans = SpanExport.Start(Environment.GetEnvironmentVariable);
                if (parsed.GetValue(install))
                {
                    await ControllerHost.InstallAsync(client, stop.Token).ConfigureAwait(false);
                }

                var host = await ControllerHost.StartAsync(options, stop.Token).ConfigureAwait(false);
                await using (host.ConfigureAwait(false))
                {
                    await parsed.InvocationConfiguration.Output.WriteLineAsync($"Controllers run; artifacts are at {host.ArtifactAddress}").ConfigureAwait(false);
                    await Task.WhenAny(host.Ended, Task.Delay(Timeout.Infinite, stop.Token)).ConfigureAwait(false);
                    if (host.Ended.IsCompleted && await host.Ended.ConfigureAwait(false) is { } lease)
                    {
                        throw new CommandFailure($"leader election lost: {lease}");
                    }
                }

                return 0;
            }
            catch (OperationCanceledException)
            {
                return 0;
            }
            catch (Exception e) when (e is ApiException or HttpRequestException or IOException or ApplyFailedException or KindNotServedException
                or System.Net.HttpListenerException or ArgumentException)
            {
                throw new CommandFailure($"weir controller: {e.Message}");
            }
            finally
            {
                temporary?.Delete(recursive: true);
            }
        });
        return command;
    }

    /// <summary>
    /// Cancelled by a first SIGTERM or Ctrl-C. The command line's own handling gives up after a fixed time; the engine
    /// decides itself how long its stop may take.
    /// </summary>
    private sealed class Signals : IDisposable
    {
        private readonly CancellationTokenSource _source;
        private readonly PosixSignalRegistration[] _registrations;

        public Signals(CancellationToken other)
        {
            _source = CancellationTokenSource.CreateLinkedTokenSource(other);
            _registrations = [.. ((PosixSignal[])[PosixSignal.SIGTERM, PosixSignal.SIGINT]).Select(s => PosixSignalRegistration.Create(s, Handle))];
        }

        public CancellationToken Token => _source.Token;

        public void Dispose()
        {
            foreach (var registration in _registrations)
            {
                registration.Dispose();
            }

            _source.Dispose();
        }

        private void Handle(PosixSignalContext context)
        {
            context.Cancel = true;
            _source.Cancel();
        }
    }
}
