using System.Collections.Concurrent;
using System.Net.Sockets;
using Weir.Kubernetes.Client;

namespace Weir.Controllers;

/// <summary>Runs a reconciler with some workers over a queue, with backoff after failures.</summary>
internal sealed class Controller : IDisposable
{
    private readonly IReconciler _reconciler;
    private readonly ControllerSettings _settings;
    private readonly ConcurrentDictionary<ObjectName, int> _failures = new();
    private readonly ConcurrentDictionary<ObjectName, CancellationTokenSource> _running = new();

    public Controller(IReconciler reconciler, ControllerSettings settings)
    {
        _reconciler = reconciler;
        _settings = settings;
        Queue = new WorkQueue(settings.Time);
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

    /// <summary>Works until cancelled, then ends what is under way.</summary>
    public Task RunAsync(int workers, CancellationToken cancellationToken)
    {
        var tasks = new Task[workers];
        for (var i = 0; i < workers; i++)
        {
            tasks[i] = Task.Run(() => WorkAsync(cancellationToken), CancellationToken.None);
        }

        return Task.WhenAll(tasks);
    }

    public void Dispose() => Queue.Dispose();

    private async Task WorkAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            ObjectName name;
            try
            {
                name = await Queue.TakeAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            try
            {
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
        using var interruption = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _running[name] = interruption;
        Queue.Forget(name);
        var result = ReconcileResult.BackOff;
        try
        {
            result = await _reconciler.ReconcileAsync(name, interruption.Token, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e) when (IsPassing(e))
        {
            _settings.Log?.Invoke(new(LogLevel.Error, _reconciler.Kind.Kind, name, e.Message, null));
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The edge: one object that trips over a defect must not stop the others.
            _settings.Log?.Invoke(new(LogLevel.Error, _reconciler.Kind.Kind, name, $"unexpected: {e.Message}", e));
        }
        finally
        {
            _running.TryRemove(new(name, interruption));
            _settings.Measure?.Invoke(_reconciler.Kind.Kind, name, _settings.Time.GetElapsedTime(started));
        }

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

    private static bool IsPassing(Exception e) =>
        e is ApiException or KindNotServedException or HttpRequestException or IOException or SocketException or OperationCanceledException;
}
