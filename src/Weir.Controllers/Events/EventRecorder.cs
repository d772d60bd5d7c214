using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;
using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>
/// Writes Kubernetes events in the background. An event that says the same about the same object again is counted up instead
/// of written anew and keeps its first annotations, as client-go does.
/// </summary>
internal sealed class EventRecorder(KubernetesClient client, TimeProvider time, Action<FluxEvent>? forward)
{
    private const int MostKnown = 4096;
    private const int LongestMessage = 64 * 1024;

    private static readonly GroupVersionKind EventKind = new("", "v1", "Event");

    private readonly Channel<FluxEvent> _channel = Channel.CreateBounded<FluxEvent>(
        new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly Dictionary<string, Known> _known = [];

    public void Record(FluxEvent value)
    {
        _channel.Writer.TryWrite(value);
        if (value.Severity != EventSeverity.Trace)
        {
            forward?.Invoke(value);
        }
    }

    /// <summary>Writes until the recorder is completed and all is written.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var value in _channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            try
            {
                await WriteAsync(value, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is ApiException or HttpRequestException or IOException or SocketException or KindNotServedException)
            {
                // An event that cannot be written is lost; the object's conditions say the same.
            }
        }
    }

    /// <summary>No more events come.</summary>
    public void Complete() => _channel.Writer.TryComplete();

    private async Task WriteAsync(FluxEvent value, CancellationToken cancellationToken)
    {
        var now = FluxTime.Write(time.GetUtcNow());
        var (space, name) = (value.Object.Namespace(), value.Object.Name());
        var message = value.Message.Length > LongestMessage ? value.Message[..(LongestMessage - 3)] + "..." : value.Message;
        var key = Key(value, message);
        if (_known.TryGetValue(key, out var known))
        {
            known.Count++;
            try
            {
                await client.PatchAsync(
                    EventKind,
                    known.Namespace,
                    known.Name,
                    PatchType.Merge,
                    new MapValue { ["count"] = known.Count, ["lastTimestamp"] = now },
                    new() { FieldManager = value.Controller },
                    cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (ApiException e) when (e.IsNotFound)
            {
                _known.Remove(key);
            }
        }

        var target = space.Length == 0 ? "default" : space;
        var eventName = $"{name}.{time.GetUtcNow().Ticks.ToString("x", CultureInfo.InvariantCulture)}{(uint)key.GetHashCode(StringComparison.Ordinal) % 4096:x}";
        var annotations = new MapValue();
        foreach (var (annotation, text) in value.Metadata)
        {
            annotations[annotation] = text;
        }

        var metadata = new MapValue { ["name"] = eventName, ["namespace"] = target };
        if (annotations.Count > 0)
        {
            metadata["annotations"] = annotations;
        }

        var body = new MapValue
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Event",
            ["metadata"] = metadata,
            ["involvedObject"] = new MapValue
            {
                ["apiVersion"] = value.Object.GetString("apiVersion") ?? "",
                ["kind"] = value.Object.GetString("kind") ?? "",
                ["name"] = name,
                ["namespace"] = space,
                ["resourceVersion"] = value.Object.GetMap("metadata")?.GetString("resourceVersion") ?? "",
                ["uid"] = value.Object.GetMap("metadata")?.GetString("uid") ?? "",
            },
            ["reason"] = value.Reason,
            ["message"] = message,
            ["source"] = new MapValue { ["component"] = value.Controller },
            ["firstTimestamp"] = now,
            ["lastTimestamp"] = now,
            ["count"] = 1,
            ["type"] = value.Severity == EventSeverity.Error ? "Warning" : "Normal",
            ["reportingComponent"] = value.Controller,
            ["reportingInstance"] = "",
        };
        await client.CreateAsync(body, new() { FieldManager = value.Controller }, cancellationToken).ConfigureAwait(false);
        if (_known.Count >= MostKnown)
        {
            _known.Clear();
        }

        _known[key] = new(target, eventName);
    }

    private static string Key(FluxEvent value, string message)
    {
        var key = new StringBuilder()
            .Append(value.Object.GetMap("metadata")?.GetString("uid")).Append('\n')
            .Append(value.Controller).Append('\n')
            .Append(value.Severity == EventSeverity.Error ? 'W' : 'N').Append('\n')
            .Append(value.Reason).Append('\n')
            .Append(message);
        return key.ToString();
    }

    private sealed class Known(string space, string name)
    {
        public string Namespace { get; } = space;

        public string Name { get; } = name;

        public int Count { get; set; } = 1;
    }
}
