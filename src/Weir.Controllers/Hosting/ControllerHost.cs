using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Sources.Artifacts;
using Weir.Sources.Git;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>
/// Runs all controllers against one cluster: informers feed the queues, changes of sources, dependencies and configuration
/// wake those that refer to them, and artifacts are served.
/// </summary>
public sealed class ControllerHost : IAsyncDisposable
{
    private readonly ControllerOptions _options;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Controller> _controllers = [];
    private readonly Dictionary<GroupVersionKind, Informer> _informers = [];
    private readonly ReferenceIndex _references = new();
    private readonly EventRecorder _events;
    private readonly ArtifactFileServer _artifacts;
    private readonly ArtifactReader _reader;
    private readonly RemoteSources _remotes;
    private readonly DriftWatch? _drift;
    private readonly List<Task> _tasks = [];
    private Task? _recording;

    private ControllerHost(ControllerOptions options)
    {
        _options = options;
        var settings = new ControllerSettings(options.Time, options.Random)
        {
            Log = options.Log,
            JitterPart = options.IntervalJitterPercentage / 100.0,
        };
        _events = new EventRecorder(options.Client, options.Time, options.Events);
        var store = new ArtifactStore(Path.Combine(options.DataDirectory, "artifacts"), options.Time);
        _artifacts = new ArtifactFileServer(store, options.ArtifactAddress);
        _reader = new ArtifactReader(store, new HttpClient());
        var sources = new SourceServices(options.Client, settings, _events, store, options.AdvertisedArtifactAddress ?? _artifacts.Address)
        {
            DependencyRetry = options.DependencyRetry,
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
            }),
            settings);
        Add(
            new HelmReleaseController(new HelmReleaseServices(options.Client, settings, _events, _reader)
            {
                DependencyRetry = options.DependencyRetry,
                BlocksCrossNamespace = options.BlocksCrossNamespaceReferences,
                DefaultServiceAccount = options.DefaultServiceAccount,
                DependentsOf = DependentsOf,
            }),
            settings);
        if (options.WatchesDrift)
        {
            _drift = new DriftWatch(options.Client, settings, options.WatchNamespace, IsRunning, Wake);
        }
    }

    /// <summary>Where artifacts are served.</summary>
    public Uri ArtifactAddress => _artifacts.Address;

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

    /// <summary>Ends what is under way and stops. Nothing is half-written afterwards.</summary>
    public async Task StopAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_drift is not null)
        {
            await _drift.DisposeAsync().ConfigureAwait(false);
        }

        _events.Complete();
        if (_recording is not null)
        {
            await Task.WhenAny(_recording, Task.Delay(TimeSpan.FromSeconds(2))).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        foreach (var controller in _controllers)
        {
            controller.Dispose();
        }

        _artifacts.Dispose();
        _reader.Dispose();
        _remotes.Dispose();
        _stop.Dispose();
    }

    private void Add(IReconciler reconciler, ControllerSettings settings) => _controllers.Add(new Controller(reconciler, settings)
    {
        Ended = name => _drift?.Ended(new(reconciler.Kind, name)),
    });

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
        _recording = _events.RunAsync(CancellationToken.None);
        _tasks.Add(_artifacts.RunAsync(_stop.Token));
        var watched = new ListOptions { Namespace = _options.WatchNamespace, LabelSelector = _options.WatchLabelSelector };
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
            _tasks.Add(informer.RunAsync(_stop.Token));
        }

        await Task.WhenAll(_informers.Values.Select(static i => i.Synced)).WaitAsync(cancellationToken).ConfigureAwait(false);
        foreach (var controller in _controllers)
        {
            _tasks.Add(controller.RunAsync(_options.Concurrency, _stop.Token));
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
                _drift?.Observe(change);
                if (change.New is null)
                {
                    WakeDependencies(value);
                }
            }

            if (Triggers.ConcernsItself(change))
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
                    _controllers.Find(c => c.Reconciler.Kind == value.GroupVersionKind())?.Enqueue(new(value.Namespace(), value.Name()), interrupts: false);
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
                _controllers.Find(c => c.Reconciler.Kind == referrer.Kind)?.Enqueue(referrer.Name, interrupts);
            }
        }
    }
}
