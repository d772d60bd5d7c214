using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Text;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>All that the engine counts, as a page for Prometheus.</summary>
internal sealed class EngineMetrics : IDisposable
{
    private readonly IReadOnlyList<Controller> _controllers;
    private readonly Func<IEnumerable<(GroupVersionKind Kind, IEnumerable<MapValue> Objects)>> _objects;
    private readonly Func<IEnumerable<(string Lease, bool IsHeld)>> _leases;
    private readonly Uri _server;
    private readonly MeterListener _http = new();
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, long> _requests = new(StringComparer.Ordinal);

    public EngineMetrics(
        IReadOnlyList<Controller> controllers,
        Uri server,
        Func<IEnumerable<(GroupVersionKind Kind, IEnumerable<MapValue> Objects)>> objects,
        Func<IEnumerable<(string Lease, bool IsHeld)>> leases)
    {
        (_controllers, _server, _objects, _leases) = (controllers, server, objects, leases);
        _http.InstrumentPublished = static (instrument, listener) =>
        {
            if (instrument.Meter.Name == "System.Net.Http" && instrument.Name == "http.client.request.duration")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _http.SetMeasurementEventCallback<double>((_, _, tags, _) => CountRequest(tags));
        _http.Start();
    }

    public async Task AnswerAsync(HttpListenerContext context, CancellationToken cancellationToken)
    {
        if (context.Request.Url?.AbsolutePath != "/metrics")
        {
            context.Response.StatusCode = 404;
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(Render());
        context.Response.ContentType = MetricsText.ContentType;
        context.Response.ContentLength64 = bytes.Length;
        await context.Response.OutputStream.WriteAsync(bytes, cancellationToken).ConfigureAwait(false);
    }

    public string Render()
    {
        var text = new MetricsText();
        Each(text, "gotk_reconcile_duration_seconds", "histogram", "The duration in seconds of a GitOps Toolkit resource reconciliation.", static (c, t) => c.Metrics.WriteDurations(t));
        text.Family(ResourceInfo.Name, "gauge", "The current state of a Flux resource.");
        foreach (var (kind, objects) in _objects())
        {
            ResourceInfo.Write(text, kind, objects);
        }

        Each(text, "controller_runtime_reconcile_total", "counter", "Total number of reconciliations per controller", static (c, t) => c.Metrics.WriteResults(t));
        Each(text, "controller_runtime_reconcile_errors_total", "counter", "Total number of reconciliation errors per controller", static (c, t) => c.Metrics.WriteErrors(t));
        Each(text, "controller_runtime_reconcile_time_seconds", "histogram", "Length of time per reconciliation per controller", static (c, t) => c.Metrics.WriteTimes(t));
        Each(text, "controller_runtime_active_workers", "gauge", "Number of currently used workers per controller", static (c, t) => c.Metrics.WriteActive(t));
        Each(text, "controller_runtime_max_concurrent_reconciles", "gauge", "Maximum number of concurrent reconciles per controller", static (c, t) => c.Metrics.WriteWorkers(t));
        Each(text, "workqueue_depth", "gauge", "Current depth of workqueue", static (c, t) => t.Value("workqueue_depth", c.Metrics.QueueLabels, c.Queue.Count));
        Each(text, "workqueue_adds_total", "counter", "Total number of adds handled by workqueue", static (c, t) => t.Value("workqueue_adds_total", c.Metrics.QueueLabels, c.Queue.Adds));
        Each(text, "workqueue_retries_total", "counter", "Total number of retries handled by workqueue", static (c, t) => c.Metrics.WriteRetries(t));
        Each(text, "workqueue_queue_duration_seconds", "histogram", "How long in seconds an item stays in workqueue before being requested", static (c, t) => c.Metrics.WriteWaits(t));
        Each(text, "workqueue_work_duration_seconds", "histogram", "How long in seconds processing an item from workqueue takes.", static (c, t) => c.Metrics.WriteWorks(t));
        Each(text, "workqueue_longest_running_processor_seconds", "gauge", "How many seconds has the longest running processor for workqueue been running.", static (c, t) => t.Value("workqueue_longest_running_processor_seconds", c.Metrics.QueueLabels, c.LongestRun.TotalSeconds));
        text.Family("leader_election_master_status", "gauge", "Gauge of if the reporting system is master of the relevant lease, 0 indicates backup, 1 indicates master.");
        foreach (var (lease, isHeld) in _leases())
        {
            text.Value("leader_election_master_status", MetricsText.Labels(("name", lease)), isHeld ? 1 : 0);
        }

        WriteRequests(text);
        WriteProcess(text);
        return text.ToString();
    }

    public void Dispose() => _http.Dispose();

    private void Each(MetricsText text, string name, string type, string help, Action<Controller, MetricsText> write)
    {
        text.Family(name, type, help);
        foreach (var controller in _controllers)
        {
            write(controller, text);
        }
    }

    private void CountRequest(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string host = "", method = "", code = "<error>";
        var port = 0;
        foreach (var (key, value) in tags)
        {
            switch (key)
            {
                case "server.address":
                    host = value as string ?? "";
                    break;
                case "server.port":
                    port = value as int? ?? 0;
                    break;
                case "http.request.method":
                    method = value as string ?? "";
                    break;
                case "http.response.status_code":
                    code = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
                    break;
                default:
                    break;
            }
        }

        if (host != _server.Host || port != _server.Port)
        {
            return;
        }

        var labels = MetricsText.Labels(("code", code), ("host", _server.Authority), ("method", method));
        lock (_lock)
        {
            _requests[labels] = _requests.GetValueOrDefault(labels) + 1;
        }
    }

    private void WriteRequests(MetricsText text)
    {
        text.Family("rest_client_requests_total", "counter", "Number of HTTP requests, partitioned by status code, method, and host.");
        lock (_lock)
        {
            foreach (var (labels, count) in _requests)
            {
                text.Value("rest_client_requests_total", labels, count);
            }
        }
    }

    private static void WriteProcess(MetricsText text)
    {
        using var process = Process.GetCurrentProcess();
        text.Family("process_cpu_seconds_total", "counter", "Total user and system CPU time spent in seconds.");
        text.Value("process_cpu_seconds_total", "", process.TotalProcessorTime.TotalSeconds);
        text.Family("process_resident_memory_bytes", "gauge", "Resident memory size in bytes.");
        text.Value("process_resident_memory_bytes", "", process.WorkingSet64);
        text.Family("process_start_time_seconds", "gauge", "Start time of the process since unix epoch in seconds.");
        text.Value("process_start_time_seconds", "", new DateTimeOffset(process.StartTime).ToUnixTimeMilliseconds() / 1000.0);
    }
}
