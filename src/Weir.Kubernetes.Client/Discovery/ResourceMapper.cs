using System.Collections.Frozen;
using Weir.Values;

namespace Weir.Kubernetes.Client;

/// <summary>
/// Knows which path serves a kind. Discovery is read once and again when a kind is not found, at most once in a while,
/// so that a CRD made a moment ago is found and a typing error costs little.
/// </summary>
public sealed class ResourceMapper : IDisposable
{
    private const string AggregatedAccept =
        "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

    private static readonly TimeSpan ShortestRefresh = TimeSpan.FromMilliseconds(250);

    private readonly ApiTransport _transport;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private FrozenDictionary<GroupVersionKind, ApiResource> _resources = FrozenDictionary<GroupVersionKind, ApiResource>.Empty;
    private List<ApiResource> _ordered = [];
    private long _readAt;
    private int _version;

    internal ResourceMapper(ApiTransport transport, TimeProvider time)
    {
        _transport = transport;
        _time = time;
    }

    /// <summary>How the kind is served. Throws <see cref="KindNotServedException"/> when it is not.</summary>
    public async ValueTask<ApiResource> GetAsync(GroupVersionKind kind, CancellationToken cancellationToken) =>
        await FindAsync(kind, cancellationToken).ConfigureAwait(false) ?? throw new KindNotServedException(kind);

    /// <summary>How the kind is served, or <see langword="null"/> when it is not.</summary>
    public async ValueTask<ApiResource?> FindAsync(GroupVersionKind kind, CancellationToken cancellationToken)
    {
        if (_resources.TryGetValue(kind, out var resource))
        {
            return resource;
        }

        await RefreshAsync(_version, cancellationToken).ConfigureAwait(false);
        return _resources.GetValueOrDefault(kind);
    }

    /// <summary>The preferred version of a group and kind, or <see langword="null"/> when none is served.</summary>
    public async ValueTask<ApiResource?> FindPreferredAsync(string group, string kind, CancellationToken cancellationToken)
    {
        if (Preferred(group, kind) is { } found)
        {
            return found;
        }

        await RefreshAsync(_version, cancellationToken).ConfigureAwait(false);
        return Preferred(group, kind);
    }

    /// <summary>Everything served, groups and versions in the server's order of preference.</summary>
    public async ValueTask<IReadOnlyList<ApiResource>> AllAsync(CancellationToken cancellationToken)
    {
        if (_version == 0)
        {
            await RefreshAsync(0, cancellationToken).ConfigureAwait(false);
        }

        return _ordered;
    }

    /// <summary>
    /// Waits until the kind is served: discovery follows a definition with a delay. False when it still is not after the time.
    /// </summary>
    public async Task<bool> AwaitAsync(GroupVersionKind kind, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        while (true)
        {
            Invalidate();
            if (await FindAsync(kind, cancellationToken).ConfigureAwait(false) is not null)
            {
                return true;
            }

            if (_time.GetElapsedTime(started) >= timeout)
            {
                return false;
            }

            await Task.Delay(ShortestRefresh, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Forgets what is known, so that the next question reads discovery again.</summary>
    public void Invalidate() => _readAt = 0;

    public void Dispose() => _gate.Dispose();

    private ApiResource? Preferred(string group, string kind)
    {
        foreach (var resource in _ordered)
        {
            if (resource.Kind.Kind == kind && resource.Kind.Group == group)
            {
                return resource;
            }
        }

        return null;
    }

    private async Task RefreshAsync(int seen, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_version != seen)
            {
                return;
            }

            // A definition may have come since the last reading, however short ago that was: a miss waits a little and reads again.
            if (_version > 0 && _readAt != 0 && _time.GetElapsedTime(_readAt) is var age && age < ShortestRefresh)
            {
                await Task.Delay(ShortestRefresh - age, _time, cancellationToken).ConfigureAwait(false);
            }

            var found = new List<ApiResource>();
            await ReadRootAsync("/api", found, cancellationToken).ConfigureAwait(false);
            await ReadRootAsync("/apis", found, cancellationToken).ConfigureAwait(false);
            var resources = new Dictionary<GroupVersionKind, ApiResource>(found.Count);
            foreach (var resource in found)
            {
                resources.TryAdd(resource.Kind, resource);
            }

            _ordered = found;
            _resources = resources.ToFrozenDictionary();
            _readAt = _time.GetTimestamp();
            _version++;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async Task ReadRootAsync(string root, List<ApiResource> found, CancellationToken cancellationToken)
    {
        var answer = await _transport.GetJsonAsync(root, AggregatedAccept, cancellationToken).ConfigureAwait(false);
        if (answer.GetString("kind") == "APIGroupDiscoveryList")
        {
            ReadAggregated(answer, found);
            return;
        }

        foreach (var version in PlainVersions(root, answer))
        {
            try
            {
                var list = await _transport.GetJsonAsync(
                    version.Group.Length == 0 ? $"/api/{version.Version}" : $"/apis/{version.Group}/{version.Version}",
                    "application/json",
                    cancellationToken).ConfigureAwait(false);
                ReadPlain(version, list, found);
            }
            catch (ApiException)
            {
                // One group that does not answer (an aggregated server that is down) must not hide the others.
            }
        }
    }

    private static List<(string Group, string Version)> PlainVersions(string root, MapValue answer)
    {
        var versions = new List<(string, string)>();
        if (root == "/api")
        {
            foreach (var version in answer.GetList("versions") ?? [])
            {
                versions.Add(("", (version as StringValue)?.Value ?? ""));
            }

            return versions;
        }

        foreach (var group in Maps(answer.GetList("groups")))
        {
            var name = group.GetString("name") ?? "";
            var preferred = group.GetMap("preferredVersion")?.GetString("version");
            if (preferred is not null)
            {
                versions.Add((name, preferred));
            }

            foreach (var version in Maps(group.GetList("versions")))
            {
                if (version.GetString("version") is { } text && text != preferred)
                {
                    versions.Add((name, text));
                }
            }
        }

        return versions;
    }

    private static void ReadPlain((string Group, string Version) version, MapValue list, List<ApiResource> found)
    {
        foreach (var item in Maps(list.GetList("resources")))
        {
            var plural = item.GetString("name") ?? "";
            if (plural.Contains('/', StringComparison.Ordinal))
            {
                continue;
            }

            found.Add(new(
                new(version.Group, version.Version, item.GetString("kind") ?? ""),
                plural,
                item.GetBool("namespaced") ?? false,
                Strings(item.GetList("verbs")))
            {
                Singular = item.GetString("singularName") ?? "",
                ShortNames = Strings(item.GetList("shortNames")),
            });
        }
    }

    private static void ReadAggregated(MapValue answer, List<ApiResource> found)
    {
        foreach (var group in Maps(answer.GetList("items")))
        {
            var name = group.GetMap("metadata")?.GetString("name") ?? "";
            foreach (var version in Maps(group.GetList("versions")))
            {
                foreach (var item in Maps(version.GetList("resources")))
                {
                    var response = item.GetMap("responseKind");
                    found.Add(new(
                        new(name, version.GetString("version") ?? "", response?.GetString("kind") ?? ""),
                        item.GetString("resource") ?? "",
                        item.GetString("scope") == "Namespaced",
                        Strings(item.GetList("verbs")))
                    {
                        Singular = item.GetString("singularResource") ?? "",
                        ShortNames = Strings(item.GetList("shortNames")),
                    });
                }
            }
        }
    }

    private static IEnumerable<MapValue> Maps(ListValue? list)
    {
        foreach (var item in list ?? [])
        {
            if (item is MapValue map)
            {
                yield return map;
            }
        }
    }

    private static List<string> Strings(ListValue? list)
    {
        var strings = new List<string>(list?.Count ?? 0);
        foreach (var item in list ?? [])
        {
            if (item is StringValue text)
            {
                strings.Add(text.Value);
            }
        }

        return strings;
    }
}
