using System.Globalization;
using System.Net;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Kubernetes.Client;

/// <summary>
/// Talks to a Kubernetes API over HTTP about objects of any kind, as plain values. A refusal is an <see cref="ApiException"/>,
/// a kind that is not served a <see cref="KindNotServedException"/>, a broken connection the library's own exception.
/// </summary>
public sealed class KubernetesClient : IDisposable
{
    private const string Json = "application/json";
    private const string MetadataList = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
    private const string Metadata = "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

    private readonly ApiTransport _transport;
    private readonly bool _ownsMapper;

    public KubernetesClient(ClusterConnection connection, KubernetesClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        options ??= new KubernetesClientOptions();
        Connection = connection;
        Time = options.Time;
        _transport = new ApiTransport(connection, options);
        Mapper = new ResourceMapper(_transport, options.Time);
        _ownsMapper = true;
    }

    private KubernetesClient(KubernetesClient parent, string user, IReadOnlyList<string> groups)
    {
        Connection = parent.Connection with { ImpersonateUser = user, ImpersonateGroups = groups };
        Time = parent.Time;
        Mapper = parent.Mapper;
        _transport = parent._transport.Impersonating(user, groups);
    }

    public ClusterConnection Connection { get; }

    public ResourceMapper Mapper { get; }

    internal TimeProvider Time { get; }

    /// <summary>A client that shares connections and discovery and acts as another user.</summary>
    public KubernetesClient Impersonating(string user, IReadOnlyList<string>? groups = null) => new(this, user, groups ?? []);

    /// <summary>One object. Throws when it does not exist.</summary>
    public async Task<MapValue> GetAsync(GroupVersionKind kind, string space, string name, CancellationToken cancellationToken)
    {
        var resource = await Mapper.GetAsync(kind, cancellationToken).ConfigureAwait(false);
        return await _transport.GetJsonAsync(PathOf(resource, space, name, ""), Json, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One object, or <see langword="null"/> when it does not exist.</summary>
    public async Task<MapValue?> FindAsync(GroupVersionKind kind, string space, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await GetAsync(kind, space, name, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>A whole collection, fetched in pages.</summary>
    public async Task<ObjectList> ListAsync(GroupVersionKind kind, ListOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var resource = await Mapper.GetAsync(kind, cancellationToken).ConfigureAwait(false);
        var items = new List<MapValue>();
        var next = "";
        while (true)
        {
            var path = $"{resource.CollectionPath(options.Namespace)}?limit={options.PageSize.ToString(CultureInfo.InvariantCulture)}{options.Query()}";
            if (next.Length > 0)
            {
                path += $"&continue={Uri.EscapeDataString(next)}";
            }

            MapValue page;
            try
            {
                page = await _transport.GetJsonAsync(path, options.IsMetadataOnly ? MetadataList : Json, cancellationToken).ConfigureAwait(false);
            }
            catch (ApiException e) when (e.IsExpired && next.Length > 0)
            {
                items.Clear();
                next = "";
                continue;
            }

            foreach (var item in page.GetList("items") ?? [])
            {
                if (item is MapValue map)
                {
                    AddKind(map, kind, options);
                    items.Add(map);
                }
            }

            var metadata = page.GetMap("metadata");
            next = metadata?.GetString("continue") ?? "";
            if (next.Length == 0)
            {
                return new(items, metadata?.GetString("resourceVersion") ?? "");
            }
        }
    }

    public async Task<MapValue> CreateAsync(MapValue value, WriteOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(options);
        var resource = await Mapper.GetAsync(value.GroupVersionKind(), cancellationToken).ConfigureAwait(false);
        return await _transport.SendAsync(
            HttpMethod.Post,
            resource.CollectionPath(value.Namespace()) + options.Query(isApply: false),
            JsonWriter.WriteUtf8(value),
            Json,
            Json,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Replaces an object; its <c>resourceVersion</c>, when written, must be the stored one.</summary>
    public async Task<MapValue> UpdateAsync(MapValue value, WriteOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(options);
        var resource = await Mapper.GetAsync(value.GroupVersionKind(), cancellationToken).ConfigureAwait(false);
        return await _transport.SendAsync(
            HttpMethod.Put,
            PathOf(resource, value.Namespace(), value.Name(), options.Subresource) + options.Query(isApply: false),
            JsonWriter.WriteUtf8(value),
            Json,
            Json,
            cancellationToken).ConfigureAwait(false);
    }

    public async Task<MapValue> PatchAsync(
        GroupVersionKind kind,
        string space,
        string name,
        PatchType type,
        Value patch,
        WriteOptions options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(patch);
        ArgumentNullException.ThrowIfNull(options);
        var resource = await Mapper.GetAsync(kind, cancellationToken).ConfigureAwait(false);
        var content = type switch
        {
            PatchType.Json => "application/json-patch+json",
            PatchType.StrategicMerge => "application/strategic-merge-patch+json",
            _ => "application/merge-patch+json",
        };
        return await _transport.SendAsync(
            HttpMethod.Patch,
            PathOf(resource, space, name, options.Subresource) + options.Query(isApply: false),
            JsonWriter.WriteUtf8(patch),
            content,
            Json,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Server-side apply of the whole intent of one field manager.</summary>
    public async Task<MapValue> ApplyAsync(MapValue value, WriteOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(options);
        var resource = await Mapper.GetAsync(value.GroupVersionKind(), cancellationToken).ConfigureAwait(false);
        return await _transport.SendAsync(
            HttpMethod.Patch,
            PathOf(resource, value.Namespace(), value.Name(), options.Subresource) + options.Query(isApply: true),
            JsonWriter.WriteUtf8(value),
            "application/apply-patch+yaml",
            Json,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Deletes an object. Throws when it does not exist.</summary>
    public async Task DeleteAsync(GroupVersionKind kind, string space, string name, DeleteOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var resource = await Mapper.GetAsync(kind, cancellationToken).ConfigureAwait(false);
        await _transport.SendAsync(
            HttpMethod.Delete,
            PathOf(resource, space, name, ""),
            JsonWriter.WriteUtf8(options.ToValue()),
            Json,
            Json,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A text that is no object, such as the log of a pod.</summary>
    public async Task<string> GetTextAsync(string path, CancellationToken cancellationToken)
    {
        using var response = await _transport.OpenAsync(path, "*/*", cancellationToken).ConfigureAwait(false);
        return await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The lines of a text as they come, such as the log of a pod that is followed, until the server closes the stream.</summary>
    public async IAsyncEnumerable<string> ReadLinesAsync(
        string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await _transport.OpenAsync(path, "*/*", cancellationToken).ConfigureAwait(false);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            yield return line;
        }
    }

    /// <summary>An object that lies at a path and has no kind of its own, such as <c>/version</c>.</summary>
    public Task<MapValue> GetPathAsync(string path, CancellationToken cancellationToken) =>
        _transport.GetJsonAsync(path, Json, cancellationToken);

    /// <summary>Sends an object to a path, such as a review.</summary>
    public Task<MapValue> PostPathAsync(string path, MapValue body, CancellationToken cancellationToken) =>
        _transport.SendAsync(HttpMethod.Post, path, JsonWriter.WriteUtf8(body), Json, Json, cancellationToken);

    /// <summary>
    /// What happens to a collection after a resource version, until the server closes the stream. Bookmarks are passed on;
    /// an expired version ends with an <see cref="ApiException"/> whose <see cref="ApiException.IsExpired"/> is true.
    /// </summary>
    public async IAsyncEnumerable<WatchEvent> WatchAsync(
        GroupVersionKind kind,
        ListOptions options,
        string resourceVersion,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var resource = await Mapper.GetAsync(kind, cancellationToken).ConfigureAwait(false);
        var path = $"{resource.CollectionPath(options.Namespace)}?watch=true&allowWatchBookmarks=true"
            + $"&resourceVersion={Uri.EscapeDataString(resourceVersion)}&timeoutSeconds=600{options.Query()}";
        using var response = await _transport.OpenAsync(path, options.IsMetadataOnly ? Metadata : Json, cancellationToken).ConfigureAwait(false);
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            await foreach (var line in LineReader.ReadAsync(stream, cancellationToken).ConfigureAwait(false))
            {
                if (JsonReader.Read(line.Span).Result is not MapValue frame || frame.GetMap("object") is not { } value)
                {
                    continue;
                }

                switch (frame.GetString("type"))
                {
                    case "ADDED":
                        AddKind(value, kind, options);
                        yield return new(WatchEventType.Added, value);
                        break;
                    case "MODIFIED":
                        AddKind(value, kind, options);
                        yield return new(WatchEventType.Modified, value);
                        break;
                    case "DELETED":
                        AddKind(value, kind, options);
                        yield return new(WatchEventType.Deleted, value);
                        break;
                    case "BOOKMARK":
                        yield return new(WatchEventType.Bookmark, value);
                        break;
                    case "ERROR":
                        throw new ApiException(
                            (HttpStatusCode)(value.GetInt("code") ?? 500),
                            value.GetString("reason") ?? "",
                            value.GetString("message") ?? "the watch failed",
                            value,
                            null);
                    default:
                        break;
                }
            }
        }
    }

    public void Dispose()
    {
        if (_ownsMapper)
        {
            Mapper.Dispose();
        }

        _transport.Dispose();
    }

    private static string PathOf(ApiResource resource, string space, string name, string subresource)
    {
        if (resource.IsNamespaced && space.Length == 0)
        {
            // The path of the cluster-wide collection has no objects below it; the server says so in its own words.
            return subresource.Length == 0 ? $"{resource.CollectionPath("")}/{name}" : $"{resource.CollectionPath("")}/{name}/{subresource}";
        }

        var path = resource.ObjectPath(resource.IsNamespaced ? space : "", name);
        return subresource.Length == 0 ? path : $"{path}/{subresource}";
    }

    private static void AddKind(MapValue value, GroupVersionKind kind, ListOptions options)
    {
        // Items of a typed list carry no kind of their own, and metadata alone is of another kind.
        if (options.IsMetadataOnly || !value.ContainsKey("kind"))
        {
            value["apiVersion"] = kind.ApiVersion;
            value["kind"] = kind.Kind;
        }
    }
}
