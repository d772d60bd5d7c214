using System.Collections.Concurrent;
using Weir.Kubernetes;

namespace Weir.Controllers;

/// <summary>What one controller counts, under the names of Flux and of the runtime that it is built with.</summary>
internal sealed class ControllerMetrics(GroupVersionKind kind, int workers)
{
    // The bounds of the runtime's own histogram.
    private static readonly double[] ReconcileBounds =
    [
        0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5, 4,
        4.5, 5, 6, 7, 8, 9, 10, 15, 20, 25, 30, 40, 50, 60,
    ];

    private static readonly double[] FluxBounds = Histogram.Between(10e-3, 1800, 10);
    private static readonly double[] QueueBounds = Histogram.Between(1e-8, 1e3, 12);

    private readonly ConcurrentDictionary<ObjectName, Histogram> _durations = new();
    private readonly Histogram _times = new(ReconcileBounds);
    private readonly Histogram _waits = new(QueueBounds);
    private readonly Histogram _works = new(QueueBounds);
    private readonly long[] _results = new long[4];
    private long _active;
    private long _retries;

    /// <summary>Whether an object is still there; <see langword="null"/> when nobody knows.</summary>
    public Func<ObjectName, bool>? Exists { get; set; }

    public string Name { get; } = kind.Kind.ToLowerInvariant();

    public string Kind { get; } = kind.Kind;

    /// <summary>A worker began, after the object waited for it.</summary>
    public void Start(TimeSpan waited)
    {
        Interlocked.Increment(ref _active);
        _waits.Add(waited.TotalSeconds);
    }

    /// <summary>A worker finished.</summary>
    public void Finish(ObjectName name, TimeSpan duration, ReconcileResult result, bool hasFailed)
    {
        Interlocked.Decrement(ref _active);
        _times.Add(duration.TotalSeconds);
        _works.Add(duration.TotalSeconds);
        if (Exists?.Invoke(name) != false)
        {
            _durations.GetOrAdd(name, static _ => new Histogram(FluxBounds)).Add(duration.TotalSeconds);
        }

        var at = hasFailed || result.BacksOff ? 1 : result.After is not { } after ? 0 : after == TimeSpan.Zero ? 2 : 3;
        Interlocked.Increment(ref _results[at]);
        if (at != 0)
        {
            Interlocked.Increment(ref _retries);
        }
    }

    /// <summary>The object is gone: its numbers go with it.</summary>
    public void Forget(ObjectName name) => _durations.TryRemove(name, out _);

    public void WriteDurations(MetricsText text)
    {
        foreach (var (name, histogram) in _durations)
        {
            histogram.Write(text, "gotk_reconcile_duration_seconds", MetricsText.Labels(("kind", Kind), ("name", name.Name), ("namespace", name.Namespace)));
        }
    }

    public void WriteResults(MetricsText text)
    {
        foreach (var (result, at) in (ReadOnlySpan<(string, int)>)[("error", 1), ("requeue", 2), ("requeue_after", 3), ("success", 0)])
        {
            text.Value("controller_runtime_reconcile_total", MetricsText.Labels(("controller", Name), ("result", result)), Interlocked.Read(ref _results[at]));
        }
    }

    public void WriteErrors(MetricsText text) =>
        text.Value("controller_runtime_reconcile_errors_total", MetricsText.Labels(("controller", Name)), Interlocked.Read(ref _results[1]));

    public void WriteTimes(MetricsText text) =>
        _times.Write(text, "controller_runtime_reconcile_time_seconds", MetricsText.Labels(("controller", Name)));

    public void WriteActive(MetricsText text) =>
        text.Value("controller_runtime_active_workers", MetricsText.Labels(("controller", Name)), Interlocked.Read(ref _active));

    public void WriteWorkers(MetricsText text) =>
        text.Value("controller_runtime_max_concurrent_reconciles", MetricsText.Labels(("controller", Name)), workers);

    public void WriteWaits(MetricsText text) =>
        _waits.Write(text, "workqueue_queue_duration_seconds", QueueLabels);

    public void WriteWorks(MetricsText text) =>
        _works.Write(text, "workqueue_work_duration_seconds", QueueLabels);

    public void WriteRetries(MetricsText text) => text.Value("workqueue_retries_total", QueueLabels, Interlocked.Read(ref _retries));

    public string QueueLabels => MetricsText.Labels(("controller", Name), ("name", Name));
}
