using System.Diagnostics;
using Weir.ApiServer;
using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;
using Weir.Yaml;

namespace Weir.EndToEnd.Tests.Chaos;

/// <summary>
/// One seeded run: install, two upgrades, a large prune and the deletion of everything. In each stage the engine is killed, and the API,
/// the Git server and the registry fail, at points that the seed chooses; then it becomes calm, and the cluster must be what is wanted.
/// </summary>
internal sealed class ChaosRun : IAsyncDisposable
{
    private static readonly TimeSpan LongestStorm = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(40);

    private static readonly GroupVersionKind ConfigMap = new("", "v1", "ConfigMap");
    private static readonly GroupVersionKind Secret = new("", "v1", "Secret");
    private static readonly GroupVersionKind Job = new("batch", "v1", "Job");

    private static readonly GroupVersionKind[] FluxKinds = [Kustomization.Kind, HelmRelease.Kind, GitRepository.Kind, OciRepository.Kind];

    private static readonly string[] Strategies =
    [
        "install: {remediation: {retries: -1} }, upgrade: {remediation: {retries: -1, strategy: rollback} }",
        "install: {remediation: {retries: -1} }, upgrade: {remediation: {retries: -1, strategy: uninstall} }",
        "install: {strategy: {name: RetryOnFailure, retryInterval: 1s} }, upgrade: {strategy: {name: RetryOnFailure, retryInterval: 1s} }",
    ];

    private readonly int _seed;
    private readonly string _space;
    private readonly string _folder;
    private readonly ApiServerHost _api;
    private readonly ChaosSources _sources;
    private readonly KubernetesClient _client;
    private readonly ChaosDice _dice;
    private readonly ChaosDice _apiDice;
    private readonly ChaosDice _sourceDice;
    private readonly ChaosFleet _fleet;
    private readonly ChaosEngine _engine;
    private int _forced;

    public ChaosRun(int seed, ApiServerHost api, KubernetesClient client, ChaosSources sources, string root)
    {
        _seed = seed;
        _space = $"chaos-{seed}";
        _folder = Path.Combine(root, _space);
        _api = api;
        _client = client;
        _sources = sources;
        _dice = new ChaosDice(seed);
        _apiDice = new ChaosDice(seed + 1_000_000);
        _sourceDice = new ChaosDice(seed + 2_000_000);
        _fleet = new ChaosFleet(sources, root, _space, _dice);
        _engine = new ChaosEngine(_api, _space, _folder, _apiDice);
    }

    /// <summary>How often the engine was killed, and how many requests and downloads were disturbed.</summary>
    public (int Kills, int Requests, int Downloads) Disturbances => (_engine.Kills, _apiDice.Disturbed, _sourceDice.Disturbed);

    /// <summary>What went wrong, or <see langword="null"/>.</summary>
    public async Task<string?> RunAsync()
    {
        Directory.CreateDirectory(_folder);
        var stage = "start";
        try
        {
            await _client.CreateAsync(
                new MapValue { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new MapValue { ["name"] = _space } }, new(), CancellationToken.None);
            await using var observer = await ChaosObserver.StartAsync(_client, _space, Job, Secret);
            _sources.Disturb(_space, _sourceDice);
            _fleet.Create();
            foreach (var (name, act) in ((string, Func<Task>)[])
            [
                ("install", () => ApplyAsync(_dice.Next(0, Strategies.Length))),
                ("upgrade", () => ChangeAsync(() => _fleet.Change(1))),
                ("second upgrade", () => ChangeAsync(() => _fleet.Change(2))),
                ("prune", () => ChangeAsync(_fleet.Shrink)),
            ])
            {
                stage = name;
                await DisturbAsync(act);
                await BecomesAsync(HasSettledAsync, "not everything became Ready");
                await CheckAsync(observer);
            }

            stage = "delete";
            await DisturbAsync(DeleteAsync);
            await BecomesAsync(async () => (await FluxObjectsAsync()).Count == 0, "Flux objects were left");
            await CheckNothingIsLeftAsync();
            return null;
        }
        catch (ChaosException e)
        {
            return $"seed {_seed}, {stage} (killed {_engine.Kills} times, {_apiDice.Disturbed} requests and {_sourceDice.Disturbed} downloads disturbed): {e.Message}\n"
                + string.Join('\n', _engine.Log.TakeLast(60));
        }
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    private async Task DisturbAsync(Func<Task> act)
    {
        if (_engine.IsDead)
        {
            await _engine.StartAsync();
        }

        _apiDice.Rate = _dice.Next(0, 4) * 0.03;
        _sourceDice.Rate = _dice.Next(0, 4) * 0.1;
        var kills = _dice.Next(0, 3);
        var end = _apiDice.Asked + _dice.Next(20, 250);
        var started = Stopwatch.GetTimestamp();
        Arm(kills);
        await act();
        while (_apiDice.Asked < end && Stopwatch.GetElapsedTime(started) < LongestStorm)
        {
            if (await ReviveAsync())
            {
                Arm(--kills);
            }

            await Task.Delay(5);
        }

        _apiDice.Rate = 0;
        _sourceDice.Rate = 0;
        _engine.KillAfter(int.MaxValue);
    }

    private void Arm(int kills)
    {
        if (kills > 0)
        {
            _engine.KillAfter(_dice.Next(1, 120));
        }
    }

    /// <summary>Starts a dead engine again; false when it lives.</summary>
    private async Task<bool> ReviveAsync()
    {
        if (!_engine.IsDead)
        {
            return false;
        }

        await _engine.BuryAsync();
        await _engine.StartAsync();
        return true;
    }

    private async Task ApplyAsync(int strategy)
    {
        var text = $$"""
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: GitRepository
            metadata: {name: repo, namespace: {{_space}} }
            spec: {interval: 1h, url: "http://{{_sources.Address}}/git/{{_space}}.git", ref: {branch: main} }
            ---
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: OCIRepository
            metadata: {name: chart, namespace: {{_space}} }
            spec: {interval: 1h, insecure: true, url: "oci://{{_sources.Address}}/{{_space}}/app", ref: {tag: v1} }
            ---
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: {name: apps, namespace: {{_space}} }
            spec: {interval: 1h, retryInterval: 300ms, prune: true, wait: true, path: ./apps, sourceRef: {kind: GitRepository, name: repo} }
            ---
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: {name: late, namespace: {{_space}}, annotations: {weir.dev/prune-everything: "true"} }
            spec: {interval: 1h, retryInterval: 300ms, prune: true, path: ./late, dependsOn: [{name: apps}], sourceRef: {kind: GitRepository, name: repo} }
            ---
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: app, namespace: {{_space}} }
            spec: {interval: 1h, timeout: 30s, chartRef: {kind: OCIRepository, name: chart}, {{Strategies[strategy]}} }
            """;
        foreach (var item in YamlReader.ReadStream(text).Result!)
        {
            await _client.ApplyAsync((MapValue)item, new() { FieldManager = "chaos" }, CancellationToken.None);
        }
    }

    private async Task ChangeAsync(Action change)
    {
        change();
        var token = $"{_fleet.Commit}-{_fleet.Charts}";
        foreach (var (kind, name) in ((GroupVersionKind, string)[])[(GitRepository.Kind, "repo"), (OciRepository.Kind, "chart")])
        {
            await _client.PatchAsync(
                kind,
                _space,
                name,
                PatchType.Merge,
                new MapValue { ["metadata"] = new MapValue { ["annotations"] = new MapValue { [Annotations.RequestedAt] = token } } },
                new() { FieldManager = "chaos" },
                CancellationToken.None);
        }
    }

    private async Task DeleteAsync()
    {
        // Sources may go first or last: that must not matter.
        var kinds = _dice.Next(0, 2) == 0 ? FluxKinds : [.. FluxKinds.Reverse()];
        foreach (var kind in kinds)
        {
            foreach (var value in (await _client.ListAsync(kind, new() { Namespace = _space }, CancellationToken.None)).Items)
            {
                await _client.DeleteAsync(kind, _space, value.Name(), DeleteOptions.Background, CancellationToken.None);
            }
        }
    }

    private async Task BecomesAsync(Func<Task<bool>> condition, string complaint)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > Calm)
            {
                var objects = await FluxObjectsAsync();
                throw new ChaosException($"{complaint}:\n{string.Join('\n', objects.Select(static v => $"{v.Key()} {JsonWriter.Write(v.GetMap("status") ?? [])}"))}");
            }

            // The last request of a storm may have been the engine's last.
            await ReviveAsync();
            await Task.Delay(50);
        }
    }

    private async Task<List<MapValue>> FluxObjectsAsync()
    {
        var all = new List<MapValue>();
        foreach (var kind in FluxKinds)
        {
            all.AddRange((await _client.ListAsync(kind, new() { Namespace = _space }, CancellationToken.None)).Items);
        }

        return all;
    }

    private async Task<bool> HasSettledAsync()
    {
        foreach (var value in await FluxObjectsAsync())
        {
            var status = value.GetMap("status") ?? [];
            var isReady = status.GetList("conditions")?.Any(static c => c is MapValue m && m.GetString("type") == "Ready" && m.GetString("status") == "True") == true;
            var isCurrent = value.GetString("kind") switch
            {
                "GitRepository" => status.GetMap("artifact")?.GetString("revision") == $"main@sha1:{_fleet.Commit}",
                "OCIRepository" => status.GetMap("artifact")?.GetString("revision") == $"v1@{_fleet.ChartDigest}",
                "Kustomization" => status.GetString("lastAppliedRevision") == $"main@sha1:{_fleet.Commit}",
                _ => status.GetString("lastAttemptedRevisionDigest") == _fleet.ChartDigest,
            };
            await ForceAsync(value);
            if (!isReady || !isCurrent || status.GetInt("observedGeneration") != value.GetMap("metadata")?.GetInt("generation"))
            {
                return false;
            }
        }

        return true;
    }

    // As in Flux a release whose first revisions all failed has nothing to roll back to and waits for a person: this is the person.
    private async Task ForceAsync(MapValue value)
    {
        var isStalled = value.GetMap("status")?.GetList("conditions")?.Any(static c => c is MapValue m && m.GetString("reason") == "MissingRollbackTarget") == true;
        if (isStalled && value.Annotation(Annotations.RequestedAt) == value.GetMap("status")?.GetString("lastHandledReconcileAt"))
        {
            var token = $"force-{++_forced}";
            await _client.PatchAsync(
                HelmRelease.Kind,
                _space,
                value.Name(),
                PatchType.Merge,
                new MapValue { ["metadata"] = new MapValue { ["annotations"] = new MapValue { [Annotations.RequestedAt] = token, [Annotations.ForceAt] = token } } },
                new() { FieldManager = "chaos" },
                CancellationToken.None);
        }
    }

    private async Task<SortedDictionary<string, string>> ConfigMapsAsync()
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var value in (await _client.ListAsync(ConfigMap, new() { Namespace = _space }, CancellationToken.None)).Items)
        {
            if (value.Name() != "kube-root-ca.crt")
            {
                found[value.Name()] = value.GetMap("data")?.GetString("value") ?? "";
            }
        }

        return found;
    }

    private async Task CheckAsync(ChaosObserver observer)
    {
        var wanted = new SortedDictionary<string, string>(_fleet.Wanted, StringComparer.Ordinal)
        {
            ["release"] = _fleet.ChartValue,
            [$"release-{_fleet.Charts}"] = _fleet.ChartValue,
        };
        Same("objects", wanted.Select(static p => $"{p.Key}={p.Value}"), (await ConfigMapsAsync()).Select(static p => $"{p.Key}={p.Value}"));
        foreach (var value in await FluxObjectsAsync())
        {
            if (value.GetString("kind") is "Kustomization" or "HelmRelease")
            {
                var ids = (value.GetMap("status")?.GetMap("inventory")?.GetList("entries") ?? []).Select(static e => ((MapValue)e).GetString("id")!.Split('_')[1]);
                var isLate = value.Name() == "late";
                Same(
                    $"inventory of {value.Name()}",
                    wanted.Keys.Where(k => value.GetString("kind") == "HelmRelease"
                        ? k.StartsWith("release", StringComparison.Ordinal)
                        : !k.StartsWith("release", StringComparison.Ordinal) && k.StartsWith("new", StringComparison.Ordinal) == isLate),
                    ids.Order(StringComparer.Ordinal));
            }
        }

        var statuses = (await _client.ListAsync(Secret, new() { Namespace = _space, LabelSelector = "owner=helm" }, CancellationToken.None)).Items
            .Select(static s => s.Label("status") ?? "").ToList();
        if (statuses.Count(static s => s == "deployed") != 1 || statuses.Exists(static s => s.StartsWith("pending", StringComparison.Ordinal)))
        {
            throw new ChaosException($"revisions of the release are {string.Join(", ", statuses)}");
        }

        foreach (var hook in observer.Names("Job"))
        {
            var revision = $"sh.helm.release.v1.app.v{hook["hook-".Length..]}";
            if (observer.Creations("Job", hook) > observer.Creations("Secret", revision))
            {
                throw new ChaosException($"hook {hook} ran {observer.Creations("Job", hook)} times, its revision was made {observer.Creations("Secret", revision)} times");
            }
        }
    }

    private async Task CheckNothingIsLeftAsync()
    {
        Same("objects after deletion", [], (await ConfigMapsAsync()).Keys);
        Same(
            "release Secrets after deletion",
            [],
            (await _client.ListAsync(Secret, new() { Namespace = _space, LabelSelector = "owner=helm" }, CancellationToken.None)).Items.Select(static s => s.Name()));
    }

    private static void Same(string what, IEnumerable<string> wanted, IEnumerable<string> found)
    {
        var (left, right) = (string.Join(' ', wanted), string.Join(' ', found));
        if (left != right)
        {
            throw new ChaosException($"{what} are [{right}] and not [{left}]");
        }
    }
}
