using System.Diagnostics;
using Weir.Kubernetes;

namespace Weir.Controllers;

/// <summary>One run over one object as a span for tracing tools; costs nearly nothing when nobody listens.</summary>
internal sealed class ReconcileTrace : IDisposable
{
    /// <summary>The name under which spans are published.</summary>
    public const string SourceName = "Weir.Controllers";

    private static readonly ActivitySource Source = new(SourceName);
    private static readonly AsyncLocal<ReconcileTrace?> Running = new();
    private readonly Activity? _activity;

    private ReconcileTrace(Activity? activity) => _activity = activity;

    /// <summary>The run that the caller is part of, or <see langword="null"/>.</summary>
    public static ReconcileTrace? Current => Running.Value;

    /// <summary>Unlike that of every other run.</summary>
    public string Id { get; } = Guid.NewGuid().ToString();

    public string TraceId => _activity?.TraceId.ToHexString() ?? "";

    public static ReconcileTrace Start(GroupVersionKind kind, ObjectName name)
    {
        // Each run is a trace of its own, whatever started it.
        Activity.Current = null;
        var trace = new ReconcileTrace(Source.StartActivity($"reconcile {kind.Kind}", ActivityKind.Internal));
        Running.Value = trace;
        trace._activity?.SetTag("k8s.namespace.name", name.Namespace)
            .SetTag("flux.object.kind", kind.Kind)
            .SetTag("flux.object.group", kind.Group)
            .SetTag("flux.object.name", name.Name)
            .SetTag("flux.reconcile.id", trace.Id);
        return trace;
    }

    /// <summary>Notes something that was told about the object.</summary>
    public void Note(FluxEvent value)
    {
        _activity?.AddEvent(new(value.Reason, tags: new() { ["message"] = value.Message }));
        if (value.Severity == EventSeverity.Error)
        {
            _activity?.SetStatus(ActivityStatusCode.Error, value.Message);
        }
    }

    /// <summary>Says how the run ended; without a result it was cancelled.</summary>
    public void Finish(ReconcileResult? result, string error)
    {
        _activity?.SetTag("flux.reconcile.result", result switch
        {
            null => "cancelled",
            { BacksOff: true } => "error",
            { After: null } => "success",
            { After.Ticks: 0 } => "requeue",
            _ => "requeue_after",
        });
        if (error.Length > 0)
        {
            _activity?.SetStatus(ActivityStatusCode.Error, error);
        }
    }

    public void Dispose() => _activity?.Dispose();
}
