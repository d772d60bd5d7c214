using System.CommandLine;
using Weir.Controllers;
using Weir.Flux;
using Weir.Kubernetes.Client;
using Weir.Sources.Mirrors;

namespace Weir.Cli.Engine;

/// <summary>The flags of the engine, with the names, forms and defaults of Flux's controllers where those have them.</summary>
internal sealed class ControllerFlags
{
    private readonly Option<string> _artifacts = new("--artifact-address", "--storage-addr") { Description = "Serve artifacts at this address", DefaultValueFactory = _ => "127.0.0.1:9090", HelpName = "HOST:PORT" };
    private readonly Option<string?> _advertised = new("--storage-adv-addr") { Description = "The address that is written into artifact URLs, when it is another", HelpName = "HOST:PORT" };
    private readonly Option<string> _receiver = new("--receiver-address") { Description = "Serve webhook receivers at this address", DefaultValueFactory = _ => "127.0.0.1:9292", HelpName = "HOST:PORT" };
    private readonly Option<string> _metrics = new("--metrics-addr") { Description = "Serve metrics for Prometheus at this address; 0 or nothing for nowhere", DefaultValueFactory = _ => "", HelpName = "[HOST]:PORT" };
    private readonly Option<string> _health = new("--health-addr") { Description = "Answer /healthz and /readyz at this address; 0 or nothing for nowhere", DefaultValueFactory = _ => "", HelpName = "[HOST]:PORT" };
    private readonly Option<int> _concurrency = new("--concurrency", "--concurrent") { Description = "How many objects of a kind are worked on at once", DefaultValueFactory = _ => 4 };
    private readonly Option<int> _apply = new("--concurrent-ssa") { Description = "How many objects of one Kustomization are applied at once", DefaultValueFactory = _ => 4 };
    private readonly Option<string?> _data = new("--data-dir", "--storage-path") { Description = "Keep artifacts and caches in this directory; in a temporary one without it" };
    private readonly Option<string[]> _mirrors = new("--mirror") { Description = "Answer a URL prefix from a local path (repeatable)", HelpName = "URL-PREFIX=PATH" };
    private readonly Option<bool> _crossNamespace = new("--no-cross-namespace-refs") { Description = "Refuse references to other namespaces" };
    private readonly Option<bool> _remoteBases = new("--no-remote-bases") { Description = "Refuse bases outside of the artifact; the engine never fetches any" };
    private readonly Option<string> _account = new("--default-service-account") { Description = "The ServiceAccount that objects without one act as", DefaultValueFactory = _ => "" };
    private readonly Option<string> _decryptionAccount = new("--default-decryption-service-account") { Description = "The ServiceAccount of decryption by cloud identities, which are refused for every object", DefaultValueFactory = _ => "" };
    private readonly Option<string> _kubeconfigAccount = new("--default-kubeconfig-service-account") { Description = "The ServiceAccount of remote clusters by cloud identities, which are refused for every object", DefaultValueFactory = _ => "" };
    private readonly Option<string[]> _managers = new("--override-manager") { Description = "Take over the fields of this manager when objects are applied (repeatable)" };
    private readonly Option<string> _dependency = new("--requeue-dependency") { Description = "How long an object waits for a dependency that tells nothing", DefaultValueFactory = _ => "30s", HelpName = "DURATION" };
    private readonly Option<PruneGuard> _guard = new("--prune-guard") { Description = "Refuse renderings that would delete all that a Kustomization manages: Empty, Replaced (also those that share no object with the last) or Off", DefaultValueFactory = _ => PruneGuard.Empty };
    private readonly Option<bool> _drift = new("--watch-drift") { Description = "Watch what is managed and correct drift when it happens, not only at the next interval", DefaultValueFactory = _ => true };
    private readonly Option<string> _shortest = new("--min-retry-delay") { Description = "The wait after a first failure", DefaultValueFactory = _ => "750ms", HelpName = "DURATION" };
    private readonly Option<string> _longest = new("--max-retry-delay") { Description = "The longest wait after failures", DefaultValueFactory = _ => "15m", HelpName = "DURATION" };
    private readonly Option<int> _jitter = new("--interval-jitter-percentage") { Description = "How far intervals stray, in percent", DefaultValueFactory = _ => 5 };
    private readonly Option<int> _records = new("--artifact-retention-records") { Description = "How many artifacts of a source are kept", DefaultValueFactory = _ => 2 };
    private readonly Option<string> _retention = new("--artifact-retention-ttl") { Description = "How long a replaced artifact is kept at least", DefaultValueFactory = _ => "1m", HelpName = "DURATION" };
    private readonly Option<string?> _labels = new("--watch-label-selector") { Description = "Reconcile only objects with these labels, such as sharding.fluxcd.io/key=one", HelpName = "SELECTOR" };
    private readonly Option<bool> _everywhere = new("--watch-all-namespaces") { Description = "Watch every namespace; with =false only that of RUNTIME_NAMESPACE", DefaultValueFactory = _ => true };
    private readonly Option<bool> _elects = new("--enable-leader-election") { Description = "Work only while holding the Leases of Flux's controllers" };
    private readonly Option<bool> _releases = new("--leader-election-release-on-cancel") { Description = "Give the Leases away when stopping", DefaultValueFactory = _ => true };
    private readonly Option<string> _lease = new("--leader-election-lease-duration") { Description = "How long others wait for a leader that does not renew", DefaultValueFactory = _ => "35s", HelpName = "DURATION" };
    private readonly Option<string> _renew = new("--leader-election-renew-deadline") { Description = "How long a leader tries to renew before it gives up", DefaultValueFactory = _ => "30s", HelpName = "DURATION" };
    private readonly Option<string> _retry = new("--leader-election-retry-period") { Description = "The time between two tries", DefaultValueFactory = _ => "5s", HelpName = "DURATION" };
    private readonly Option<string> _grace = new("--graceful-shutdown-timeout") { Description = "How long a stop waits for what is under way", DefaultValueFactory = _ => "5s", HelpName = "DURATION" };
    private readonly Option<string> _level = new("--log-level") { Description = "The least of trace, debug, info and error that is logged", DefaultValueFactory = _ => "info", HelpName = "LEVEL" };
    private readonly Option<string> _encoding = new("--log-encoding") { Description = "How log lines are written: json or console", DefaultValueFactory = _ => "json", HelpName = "ENCODING" };
    private readonly Option<string?> _logFile = new("--log-file") { Description = "Write log lines into this file too, for weir logs", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])
            [
                _artifacts, _advertised, _receiver, _metrics, _health, _concurrency, _apply, _data, _mirrors, _crossNamespace, _remoteBases, _account, _decryptionAccount,
                _kubeconfigAccount, _managers, _dependency, _guard, _drift, _shortest, _longest, _jitter, _records, _retention, _labels, _everywhere, _elects, _releases, _lease, _renew,
                _retry, _grace, _level, _encoding, _logFile,
            ])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The directory that was asked for.</summary>
    public string? DataDirectory(ParseResult parsed) => parsed.GetValue(_data);

    /// <exception cref="CommandFailure">A flag is wrong.</exception>
    public StructuredLog Log(ParseResult parsed) =>
        new(parsed.InvocationConfiguration.Error, parsed.GetValue(_logFile), parsed.GetValue(_level)!, parsed.GetValue(_encoding)!, TimeProvider.System);

    /// <exception cref="CommandFailure">A flag is wrong.</exception>
    public ControllerOptions Read(ParseResult parsed, KubernetesClient client, string folder, Func<string, string?> environment)
    {
        var space = environment("RUNTIME_NAMESPACE") is { Length: > 0 } named ? named
            : client.Connection.Namespace is { Length: > 0 } own && InClusterConnection.Find() is not null ? own
            : "flux-system";
        var retry = Duration(parsed, _retry);
        var (lease, renew) = (Duration(parsed, _lease), Duration(parsed, _renew));
        if (renew >= lease || retry >= renew)
        {
            throw new CommandFailure("--leader-election-retry-period must be shorter than --leader-election-renew-deadline, and that shorter than --leader-election-lease-duration");
        }

        return new()
        {
            Client = client,
            DataDirectory = folder,
            ArtifactAddress = parsed.GetValue(_artifacts)!,
            AdvertisedArtifactAddress = parsed.GetValue(_advertised) is { Length: > 0 } address ? new Uri($"http://{address}/") : null,
            MetricsAddress = parsed.GetValue(_metrics)!,
            HealthAddress = parsed.GetValue(_health)!,
            Concurrency = parsed.GetValue(_concurrency),
            ApplyConcurrency = parsed.GetValue(_apply),
            Mirrors = new SourceMirrors([.. (parsed.GetValue(_mirrors) ?? []).Select(ReadMirror)]),
            BlocksCrossNamespaceReferences = parsed.GetValue(_crossNamespace),
            DefaultServiceAccount = parsed.GetValue(_account)!,
            OverrideManagers = parsed.GetValue(_managers) ?? [],
            DependencyRetry = Duration(parsed, _dependency),
            PruneGuard = parsed.GetValue(_guard),
            WatchesDrift = parsed.GetValue(_drift),
            ShortestRetry = Duration(parsed, _shortest),
            LongestRetry = Duration(parsed, _longest),
            IntervalJitterPercentage = parsed.GetValue(_jitter),
            ArtifactRetentionRecords = parsed.GetValue(_records),
            ArtifactRetentionTime = Duration(parsed, _retention),
            WatchLabelSelector = parsed.GetValue(_labels),
            WatchNamespace = parsed.GetValue(_everywhere) ? "" : space,
            GracefulShutdownTimeout = Duration(parsed, _grace),
            LeaderElection = !parsed.GetValue(_elects) ? null : new()
            {
                Namespace = space,
                Identity = $"{Environment.MachineName}_{Guid.NewGuid()}",
                LeaseDuration = lease,
                RenewDeadline = renew,
                RetryPeriod = retry,
                ReleasesOnCancel = parsed.GetValue(_releases),
            },
        };
    }

    private static SourceMirror ReadMirror(string text) =>
        SourceMirrors.Parse(text, Environment.CurrentDirectory) ?? throw new CommandFailure($"'{text}' is no URL-PREFIX=PATH");

    // A number alone counts seconds.
    private static TimeSpan Duration(ParseResult parsed, Option<string> option)
    {
        var text = parsed.GetValue(option)!;
        return int.TryParse(text, out var seconds) && seconds >= 0 ? TimeSpan.FromSeconds(seconds)
            : FluxDuration.TryParse(text, out var duration) ? duration.Value
            : throw new CommandFailure($"{option.Name} '{text}' is no duration; write it as 90s or 5m");
    }
}
