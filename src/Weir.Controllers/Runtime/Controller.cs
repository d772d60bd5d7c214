using System.Collections.Concurrent;
using System.Net.Sockets;
using Weir.Flux;
using Weir.Kubernetes.Client;

namespace Weir.Controllers;

/// <summary>Runs a reconciler with some workers over a queue, with backoff after failures.</summary>
internal sealed class Controller : IDisposable
{
    private readonly IReconciler _reconciler;
    private readonly ControllerSettings _settings;
    private readonly ConcurrentDictionary<ObjectName, int> _failures = new();
    private readonly ConcurrentDictionary<ObjectName, CancellationTokenSource> _running = new();
    private readonly ConcurrentDictionary<ObjectName, long> _started = new();

    public Controller(IReconciler reconciler, ControllerSettings settings, int workers)
    {
        _reconciler = reconciler;
        _settings = settings;
        Workers = workers;
        Queue = new WorkQueue(settings.Time);
        Metrics = new ControllerMetrics(reconciler.Kind, workers);
    }

    public int Workers { get; }

    /// <summary>Whether an object is still this controller's to work on; <see langword="null"/> when all are.</summary>
    public Func<ObjectName, bool>? Accepts { get; init; }

    public ControllerMetrics Metrics { get; }

    /// <summary>How long the oldest run that is under way has run.</summary>
    public TimeSpan LongestRun
    {
        get
        {
            var longest = TimeSpan.Zero;
            foreach (var started in _started.Values)
            {
                var elapsed = _settings.Time.GetElapsedTime(started);
                longest = elapsed > longest ? elapsed : longest;
            }

            return longest;
        }
    }

    public WorkQueue Queue { get; }

    /// <summary>Told when a run of an object is over.</summary>
    public Action<ObjectName>? Ended { get; set; }

    public IReconciler Reconciler => _reconciler;

    /// <summary>Puts an object in the queue and ends waits of a run that is under way.</summary>
    public void Enqueue(ObjectName name, bool interrupts)
    {
        Queue.Add(name);
        if (interrupts && _running.TryGetValue(name, out var running))
        {
            running.Cancel();
        }
    }

    /// <summary>True while the object is worked on.</summary>
    public bool IsRunning(ObjectName name) => _running.ContainsKey(name);

    /// <summary>Takes names out of the queue until the first token is cancelled; the second ends what is under way then.</summary>
    public Task RunAsync(CancellationToken stop, CancellationToken cancellationToken)
    {
        var tasks = new Task[Workers];
        for (var i = 0; i < Workers; i++)
        {
            tasks[i] = Task.Run(() => WorkAsync(stop, cancellationToken), CancellationToken.None);
        }

        return Task.WhenAll(tasks);
    }

    public void Dispose() => Queue.Dispose();

    private async Task WorkAsync(CancellationToken stop, CancellationToken cancellationToken)
    {
        while (!stop.IsCancellationRequested)
        {
            ObjectName name;
            TimeSpan waited;
            try
            {
                (name, waited) = await Queue.TakeAsync(stop).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            if (Accepts?.Invoke(name) == false)
            {
                Queue.Finish(name);
                continue;
            }

            try
            {
                Metrics.Start(waited);
                await WorkOnAsync(name, cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                Queue.Finish(name);
                Ended?.Invoke(name);
            }
        }
    }

    private async Task WorkOnAsync(ObjectName name, CancellationToken cancellationToken)
    {
        var started = _settings.Time.GetTimestamp();
        _started[name] = started;
        using var interruption = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _running[name] = interruption;
        Queue.Forget(name);
        using var trace = ReconcileTrace.Start(_reconciler.Kind, name);
        var result = ReconcileResult.BackOff;
        var error = "";
        var isOver = true;
        try
        {
            result = await _reconciler.ReconcileAsync(name, interruption.Token, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            isOver = false;
        }
        catch (Exception e) when (IsPassing(e))
        {
            error = e.Message;
            Log(LogLevel.Error, name, "Reconciler error", error, null, trace);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The edge: one object that trips over a defect must not stop the others.
            error = $"unexpected: {e.Message}";
            Log(LogLevel.Error, name, "Reconciler error", error, e, trace);
        }
        finally
        {
            _running.TryRemove(new(name, interruption));
            _started.TryRemove(name, out _);
        }

        var duration = _settings.Time.GetElapsedTime(started);
        Metrics.Finish(name, duration, isOver ? result : ReconcileResult.Done, error.Length > 0);
        trace.Finish(isOver ? result : null, error);
        if (!isOver)
        {
            return;
        }

        Log(LogLevel.Debug, name, $"reconciled in {new FluxDuration(duration)}", "", null, trace);
        if (result.BacksOff)
        {
            var failures = _failures.AddOrUpdate(name, 1, static (_, count) => count + 1);
            Queue.AddAfter(name, _settings.Backoff(failures));
            return;
        }

        _failures.TryRemove(name, out _);
        if (result.After is { } after)
        {
            Queue.AddAfter(name, after);
        }
    }

    private void Log(LogLevel level, ObjectName name, string message, string error, Exception? exception, ReconcileTrace trace) =>
        _settings.Log?.Invoke(new(level, _reconciler.Kind.Kind, name, message, exception)
        {
            Group = _reconciler.Kind.Group,
            ErrorText = error,
            ReconcileId = trace.Id,
            TraceId = trace.TraceId,
        });

    private static bool IsPassing(Exception e) =>
        e is ApiException or KindNotServedException or HttpRequestException or IOException or SocketException or OperationCanceledException;
}
