using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Sources.Artifacts;
using Weir.Sources.Charts;
using Weir.Sources.Git;
using Weir.Values;
using LabelSelector = Weir.Kubernetes.LabelSelector;

namespace Weir.Controllers;

/// <summary>
/// Runs all controllers against one cluster: informers feed the queues, changes of sources, dependencies and configuration
/// wake those that refer to them, and artifacts are served.
/// </summary>
public sealed class ControllerHost : IAsyncDisposable
{
    /// <summary>The name under which a span of every reconciliation is published.</summary>
    public const string TraceSource = ReconcileTrace.SourceName;

    private readonly ControllerOptions _options;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _kill = new();
    private readonly CancellationTokenSource _lookup = new();
    private readonly TaskCompletionSource<string?> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LabelSelector? _selector;
    private readonly LeaderElection? _election;
    private readonly EngineMetrics _metrics;
    private readonly HttpEndpoint _artifactEndpoint;
    private readonly List<HttpEndpoint> _endpoints = [];
    private readonly List<Controller> _controllers = [];
    private readonly Dictionary<GroupVersionKind, Informer> _informers = [];
    private readonly ReferenceIndex _references = new();
    private readonly EventRecorder _events;
    private readonly ArtifactReader _reader;
    private readonly RemoteSources _remotes;
    private readonly DriftWatch? _drift;
    private readonly List<Task> _tasks = [];
    private readonly List<Task> _work = [];
    private Task? _recording;
    private volatile bool _isReady;
    private int _isStopping;

    private ControllerHost(ControllerOptions options)
    {
        _options = options;
        var settings = new ControllerSettings(options.Time, options.Random)
        {
            Log = options.Log,
            JitterPart = options.IntervalJitterPercentage / 100.0,
            ShortestRetry = options.ShortestRetry,
            LongestRetry = options.LongestRetry,
        };
        _selector = string.IsNullOrEmpty(options.WatchLabelSelector) ? null : ParseSelector(options.WatchLabelSelector);
        _election = options.LeaderElection is { } election ? new LeaderElection(options.Client, election, options.WatchLabelSelector, options.Time)
            {
                Problem = problem => Log(LogLevel.Error, problem),
            }
            : null;
        _events = new EventRecorder(options.Client, options.Time, Tell);
        var store = new ArtifactStore(Path.Combine(options.DataDirectory, "artifacts"), options.Time);
        _artifactEndpoint = new HttpEndpoint(options.ArtifactAddress, new ArtifactFileServer(store).AnswerAsync);
        _reader = new ArtifactReader(store, new HttpClient());
        var sources = new SourceServices(options.Client, settings, _events, store, options.AdvertisedArtifactAddress ?? _artifactEndpoint.Address)
        {
            DependencyRetry = options.DependencyRetry,
            ArtifactRetention = options.ArtifactRetentionRecords,
            ArtifactTimeToLive = options.ArtifactRetentionTime,
        };
        var git = new GitClient(Path.Combine(options.DataDirectory, "git"));
        _remotes = new RemoteSources(options.Mirrors, options.Time);
        Add(new GitRepositoryController(sources, git, options.Mirrors), settings);
        Add(new OciRepositoryController(sources, _remotes), settings);
        Add(new HelmRepositoryController(sources, _remotes), settings);
        Add(new HelmChartController(sources, _remotes), settings);
        Add(new BucketController(sources, _remotes), settings);
        Add(new ArtifactGeneratorController(sources, _reader, options.BlocksCrossNamespaceReferences), settings);
        Add(
            new KustomizationController(new KustomizationServices(options.Client, settings, _events, _reader)
            {
                DependencyRetry = options.DependencyRetry,
                BlocksCrossNamespace = options.BlocksCrossNamespaceReferences,
                DefaultServiceAccount = options.DefaultServiceAccount,
                DependentsOf = DependentsOf,
                PruneGuard = options.PruneGuard,
                OverrideManagers = options.OverrideManagers,
                ApplyConcurrency = options.ApplyConcurrency,
            }),
            settings);
        Add(
            new HelmReleaseController(new HelmReleaseServices(options.Client, settings, _events, _reader)
            {
                DependencyRetry = options.DependencyRetry,
                BlocksCrossNamespace = options.BlocksCrossNamespaceReferences,
                DefaultServiceAccount = options.DefaultServiceAccount,
                DependentsOf = DependentsOf,
                Schemas = new RemoteSchemaClient(_remotes.Http, options.Mirrors, Path.Combine(options.DataDirectory, "schemas"), options.Time),
            }),
            settings);
        if (options.WatchesDrift)
        {
            _drift = new DriftWatch(options.Client, settings, options.WatchNamespace, IsRunning, Wake);
        }

        _metrics = new EngineMetrics(
            _controllers,
            options.Client.Connection.Server,
            () => _informers.Where(static i => FluxKinds.Find(i.Key) is not null).Select(static i => (i.Key, (IEnumerable<MapValue>)i.Value.Objects)),
            () => _election?.Leases ?? []);
        MetricsAddress = Serve(options.MetricsAddress, _metrics.AnswerAsync);
        HealthAddress = Serve(options.HealthAddress, new HealthProbes(() => !_ended.Task.IsCompleted, () => _isReady && !_ended.Task.IsCompleted).AnswerAsync);
    }

    /// <summary>Completes when the engine has stopped by itself: with the name of the Lease that it lost.</summary>
    public Task<string?> Ended => _ended.Task;

    /// <summary>True when no run is under way and none will begin.</summary>
    public bool IsStopped => _stop.IsCancellationRequested && _work.TrueForAll(static t => t.IsCompleted);

    /// <summary>Where artifacts are served.</summary>
    public Uri ArtifactAddress => _artifactEndpoint.Address;

    /// <summary>Where metrics are served; <see langword="null"/> for nowhere.</summary>
    public Uri? MetricsAddress { get; }

    /// <summary>Where probes are answered; <see langword="null"/> for nowhere.</summary>
    public Uri? HealthAddress { get; }

    /// <summary>True when no controller has anything to do right now.</summary>
    public bool IsIdle => _controllers.TrueForAll(static c => c.Queue.IsIdle);

    /// <summary>Starts everything; the kinds must be installed. Returns when the first lists are read.</summary>
    public static async Task<ControllerHost> StartAsync(ControllerOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        Directory.CreateDirectory(options.DataDirectory);
        var host = new ControllerHost(options);
        await host.RunAsync(cancellationToken).ConfigureAwait(false);
        return host;
    }

    /// <summary>Creates or updates Flux's CustomResourceDefinitions and waits until they are served.</summary>
    public static async Task InstallAsync(KubernetesClient client, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        var set = new ApplySet(client, new() { FieldManager = "weir" }, new HealthWaiter(client, Readiness.Judge));
        await set.ApplyAllAsync([.. FluxKinds.All.Select(static k => k.ToCustomResourceDefinition())], cancellationToken).ConfigureAwait(false);
        client.Mapper.Invalidate();
    }

    /// <summary>The informer's view of a kind, such as for showing its state; empty for a kind that is not watched.</summary>
    public IReadOnlyCollection<MapValue> Objects(GroupVersionKind kind) =>
        _informers.TryGetValue(kind, out var informer) ? [.. informer.Objects] : [];

    /// <summary>
    /// Begins nothing new, waits for what is under way as long as the options say, ends it then, gives Leases away and stops.
    /// </summary>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _isStopping, 1) != 0)
        {
            return;
        }

        _isReady = false;
        await _stop.CancelAsync().ConfigureAwait(false);
        var work = Task.WhenAll(_work);
        if (_options.GracefulShutdownTimeout > TimeSpan.Zero && !_kill.IsCancellationRequested)
        {
            using var limit = new CancellationTokenSource();
            await Task.WhenAny(work, Task.Delay(_options.GracefulShutdownTimeout, _options.Time, limit.Token)).ConfigureAwait(false);
            await limit.CancelAsync().ConfigureAwait(false);
        }

        await _kill.CancelAsync().ConfigureAwait(false);
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_drift is not null)
        {
            await _drift.DisposeAsync().ConfigureAwait(false);
        }

        _events.Complete();
        if (_recording is not null)
        {
            await Task.WhenAny(_recording, Task.Delay(TimeSpan.FromSeconds(2))).ConfigureAwait(false);
        }

        await _lookup.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_election is not null)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await _election.ReleaseAsync(limit.Token).ConfigureAwait(false);
        }

        _ended.TrySetResult(null);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        foreach (var controller in _controllers)
        {
            controller.Dispose();
        }

        foreach (var endpoint in _endpoints)
        {
            endpoint.Dispose();
        }

        _artifactEndpoint.Dispose();
        _metrics.Dispose();
        _reader.Dispose();
        _remotes.Dispose();
        _stop.Dispose();
        _kill.Dispose();
        _lookup.Dispose();
    }

    private void Add(IReconciler reconciler, ControllerSettings settings)
    {
        var controller = new Controller(reconciler, settings, _options.Concurrency)
        {
            Accepts = _selector is null ? null : name => _informers[reconciler.Kind].Find(name.Namespace, name.Name) is { } value && IsWatched(value),
        };
        controller.Ended = name => _drift?.Ended(new(reconciler.Kind, name));
        controller.Metrics.Exists = name => _informers[reconciler.Kind].Find(name.Namespace, name.Name) is not null;
        _controllers.Add(controller);
    }

    private static LabelSelector ParseSelector(string text) => LabelSelector.TryParse(text, out var selector, out var error)
        ? selector
        : throw new ArgumentException($"unable to configure watch label selector '{text}': {error}");

    private Uri? Serve(string address, Func<System.Net.HttpListenerContext, CancellationToken, Task> answer)
    {
        // As in Flux, 0 is another word for nowhere.
        if (address is "" or "0")
        {
            return null;
        }

        _endpoints.Add(new HttpEndpoint(address, answer));
        return _endpoints[^1].Address;
    }

    // Everything that is told about an object is a line of the log too.
    private void Tell(FluxEvent value)
    {
        var kind = value.Object.GroupVersionKind();
        var trace = ReconcileTrace.Current;
        trace?.Note(value);
        _options.Log?.Invoke(new(
            value.Severity == EventSeverity.Error ? LogLevel.Error : LogLevel.Info,
            kind.Kind,
            new(value.Object.Namespace(), value.Object.Name()),
            value.Message,
            null)
        {
            Group = kind.Group,
            ReconcileId = trace?.Id ?? "",
            TraceId = trace?.TraceId ?? "",
        });
        _options.Events?.Invoke(value);
    }

    private void Log(LogLevel level, string message) => _options.Log?.Invoke(new(level, "", default, message, null));

    private IReadOnlyList<MapValue> DependentsOf(ObjectKey key)
    {
        var dependents = new List<MapValue>();
        foreach (var referrer in _references.Referrers(key))
        {
            if (_informers.TryGetValue(referrer.Kind, out var informer)
                && informer.Find(referrer.Name.Namespace, referrer.Name.Name) is { } value
                && References.Dependencies(value).Contains(key))
            {
                dependents.Add(value);
            }
        }

        return dependents;
    }

    // What waits with its own deletion for this one's goes on.
    private void WakeDependencies(MapValue gone)
    {
        foreach (var key in References.Dependencies(gone))
        {
            var kind = key.Kind == HelmRelease.Kind.Kind ? HelmRelease.Kind : Kustomization.Kind;
            if (_informers[kind].Find(key.Namespace, key.Name) is { } value && Triggers.IsDeleted(value))
            {
                _controllers.Find(c => c.Reconciler.Kind == kind)?.Enqueue(new(key.Namespace, key.Name), interrupts: false);
            }
        }
    }

    private bool IsRunning(Referrer referrer) => _controllers.Find(c => c.Reconciler.Kind == referrer.Kind)?.IsRunning(referrer.Name) == true;

    private void Wake(Referrer referrer, TimeSpan wait, bool interrupts)
    {
        var controller = _controllers.Find(c => c.Reconciler.Kind == referrer.Kind);
        if (wait > TimeSpan.Zero)
        {
            controller?.Queue.AddAfter(referrer.Name, wait);
        }
        else
        {
            controller?.Enqueue(referrer.Name, interrupts);
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var endpoint in _endpoints)
        {
            endpoint.Start();
            _tasks.Add(endpoint.RunAsync(_lookup.Token));
        }

        _recording = _events.RunAsync(CancellationToken.None);
        var watched = new ListOptions { Namespace = _options.WatchNamespace };
        foreach (var kind in _controllers.Select(static c => c.Reconciler.Kind))
        {
            AddInformer(kind, watched, OnFluxObject);
        }

        // Others make these: they are watched for those that refer to them.
        AddInformer(ExternalArtifact.Kind, watched, OnFluxObject);

        AddInformer(Definitions.Kind, new(), OnDefinition);
        foreach (var kind in (ReadOnlySpan<GroupVersionKind>)[SecretReader.ConfigMap, SecretReader.Secret])
        {
            AddInformer(kind, new() { Namespace = _options.WatchNamespace, LabelSelector = $"{Annotations.Watch}=Enabled" }, OnConfiguration);
        }

        foreach (var informer in _informers.Values)
        {
            _tasks.Add(informer.RunAsync(_lookup.Token));
        }

        await Task.WhenAll(_informers.Values.Select(static i => i.Synced)).WaitAsync(cancellationToken).ConfigureAwait(false);
        _isReady = true;
        if (_election is null)
        {
            Work();
            return;
        }

        _tasks.Add(Task.Run(LeadAsync, CancellationToken.None));
    }

    // The engine that waits has read the cluster already, so it takes over at once.
    private async Task LeadAsync()
    {
        try
        {
            Log(LogLevel.Info, "attempting to acquire leader leases");
            await _election!.AcquireAsync(_stop.Token).ConfigureAwait(false);
            Log(LogLevel.Info, "successfully acquired leader leases");
            Work();

            // Leases are held until the last run has ended, not until the stop begins.
            if (await _election.HoldAsync(_lookup.Token).ConfigureAwait(false) is { } lost)
            {
                Log(LogLevel.Error, $"leader election lost: {lost}");
                await _kill.CancelAsync().ConfigureAwait(false);
                await _stop.CancelAsync().ConfigureAwait(false);
                await Task.WhenAll(_work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                _ended.TrySetResult(lost);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped while it waited.
        }
    }

    private void Work()
    {
        _artifactEndpoint.Start();
        _tasks.Add(_artifactEndpoint.RunAsync(_lookup.Token));
        foreach (var controller in _controllers)
        {
            _work.Add(controller.RunAsync(_stop.Token, _kill.Token));
        }
    }

    private void AddInformer(GroupVersionKind kind, ListOptions options, Action<InformerEvent> handler)
    {
        var informer = new Informer(_options.Client, kind, options)
        {
            Trim = static value =>
            {
                value.GetMap("metadata")?.Remove("managedFields");
                Definitions.Trim(value);
            },
        };
        informer.OnChange(handler);
        _informers.Add(kind, informer);
    }

    private void OnFluxObject(InformerEvent change)
    {
        var value = change.Object;
        var kind = value.GroupVersionKind();
        var name = new ObjectName(value.Namespace(), value.Name());
        if (_controllers.Find(c => c.Reconciler.Kind == kind) is { } controller)
        {
            if (kind == Kustomization.Kind || kind == HelmRelease.Kind || kind == HelmChart.Kind || kind == ArtifactGenerator.Kind)
            {
                _references.Set(new(kind, name), change.New is null ? [] : References.Of(value));
            }

            if (kind == Kustomization.Kind || kind == HelmRelease.Kind)
            {
                _drift?.Observe(IsWatched(value) ? change : new(value, null));
                if (change.New is null)
                {
                    WakeDependencies(value);
                }
            }

            if (change.New is null)
            {
                controller.Metrics.Forget(name);
            }

            if (!IsWatched(value))
            {
                controller.Queue.Drop(name);
            }
            else if (Triggers.ConcernsItself(change) || (change.Old is { } old && !IsWatched(old)))
            {
                controller.Enqueue(name, interrupts: change.Old is not null);
            }
        }

        if (Triggers.HasNewArtifact(change))
        {
            WakeReferrers(value.Key(), interrupts: true);
        }
        else if (Triggers.HasProgressed(change))
        {
            // A source that became ready with the artifact it had changes nothing, except for a release that waited for it.
            WakeReferrers(value.Key(), interrupts: false, only: kind.Group == GitRepository.Kind.Group ? HelmRelease.Kind : null);
        }
    }

    // A kind that comes is what some objects wait for.
    private void OnDefinition(InformerEvent change)
    {
        if (change.New is null)
        {
            _options.Client.Mapper.Invalidate();
            return;
        }

        if (!Definitions.HasCome(change))
        {
            return;
        }

        _options.Client.Mapper.Invalidate();
        var complaint = $"no matches for kind \"{Definitions.DefinedKind(change.New)}\"";
        foreach (var kind in (ReadOnlySpan<GroupVersionKind>)[Kustomization.Kind, HelmRelease.Kind])
        {
            foreach (var value in _informers[kind].Objects)
            {
                if (Triggers.Complains(value, complaint))
                {
                    Wake(value.GroupVersionKind(), new(value.Namespace(), value.Name()), interrupts: false);
                }
            }
        }
    }

    private void OnConfiguration(InformerEvent change) => WakeReferrers(change.Object.Key(), interrupts: false);

    private void WakeReferrers(ObjectKey key, bool interrupts, GroupVersionKind? only = null)
    {
        foreach (var referrer in _references.Referrers(key))
        {
            if (only is null || only == referrer.Kind)
            {
                Wake(referrer.Kind, referrer.Name, interrupts);
            }
        }
    }

    private void Wake(GroupVersionKind kind, ObjectName name, bool interrupts)
    {
        if (_selector is null || (_informers[kind].Find(name.Namespace, name.Name) is { } value && IsWatched(value)))
        {
            _controllers.Find(c => c.Reconciler.Kind == kind)?.Enqueue(name, interrupts);
        }
    }

    // Objects of other shards are seen, for those of this one that refer to them, but not worked on.
    private bool IsWatched(MapValue value) => _selector is null || _selector.Matches(value.GetMap("metadata")?.GetMap("labels"));
}
