using System.Net.Sockets;
using Weir.Values;

namespace Weir.Kubernetes.Client;

/// <summary>
/// Waits until objects are healthy or gone. Nothing is polled: the objects are read once, and what is not there yet is watched.
/// </summary>
/// <param name="client">The cluster.</param>
/// <param name="judge">How far an object is.</param>
public sealed class HealthWaiter(KubernetesClient client, Func<MapValue, Health> judge)
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>Why the health of an object is unknown; without it that is not told.</summary>
    public Func<MapValue, string?>? Explain { get; init; }

    /// <summary>
    /// Waits until all are healthy. <see langword="null"/> when they are; otherwise what is wrong, as Flux says it.
    /// With <paramref name="failsFast"/> the first failed object ends the wait.
    /// </summary>
    public async Task<string?> WaitAsync(
        IReadOnlyList<HealthTarget> targets,
        TimeSpan timeout,
        bool failsFast,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(targets);
        var board = new Board(targets, failsFast);
        await RunAsync(targets, board, timeout, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return board.Complaint();
    }

    /// <summary>Waits until all are gone. The first that is still there at the end, or <see langword="null"/>.</summary>
    public async Task<ObjectKey?> WaitGoneAsync(IReadOnlyList<HealthTarget> targets, TimeSpan timeout, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(targets);
        var board = new Board(targets, failsFast: false) { WantsGone = true };
        await RunAsync(targets, board, timeout, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return board.FirstLeft();
    }

    private async Task RunAsync(IReadOnlyList<HealthTarget> targets, Board board, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var clock = timeout == Timeout.InfiniteTimeSpan
            ? Task.Delay(Timeout.Infinite, stop.Token)
            : Task.Delay(timeout, client.Time, stop.Token);
        var watches = new List<Task>();
        foreach (var target in targets)
        {
            watches.Add(FollowAsync(target, board, stop.Token));
        }

        board.Check();
        var finished = await Task.WhenAny(board.Done, clock).ConfigureAwait(false);
        board.HasTimedOut = finished == clock && !cancellationToken.IsCancellationRequested;
        await stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(watches).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task FollowAsync(HealthTarget target, Board board, CancellationToken cancellationToken)
    {
        var options = new ListOptions
        {
            Namespace = target.Key.Namespace,
            FieldSelector = $"metadata.name={target.Key.Name}",
        };
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var live = await client.FindAsync(target.Kind, target.Key.Namespace, target.Key.Name, cancellationToken).ConfigureAwait(false);
                Note(board, target, live);
                if (board.Done.IsCompleted)
                {
                    return;
                }

                var list = await client.ListAsync(target.Kind, options, cancellationToken).ConfigureAwait(false);
                Note(board, target, list.Items.Count == 0 ? null : list.Items[0]);
                await foreach (var change in client.WatchAsync(target.Kind, options, list.ResourceVersion, cancellationToken).ConfigureAwait(false))
                {
                    if (change.Type != WatchEventType.Bookmark)
                    {
                        Note(board, target, change.Type == WatchEventType.Deleted ? null : change.Object);
                    }
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (KindNotServedException) when (board.WantsGone)
            {
                board.Set(target, Health.NotFound);
                return;
            }
            catch (ApiException e) when (e.IsForbidden)
            {
                board.Set(target, Health.Unknown, e.Message);
                await Task.Delay(RetryDelay, client.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception e) when (e is ApiException or KindNotServedException or HttpRequestException or IOException or SocketException)
            {
                board.Set(target, e is KindNotServedException ? Health.NotFound : Health.Unknown);
                await Task.Delay(RetryDelay, client.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Note(Board board, HealthTarget target, MapValue? live)
    {
        var health = live is null ? Health.NotFound : judge(live);
        board.Set(target, health, health == Health.Unknown ? Explain?.Invoke(live!) : null);
    }

    /// <summary>What is known about each target, and whether that is the end.</summary>
    private sealed class Board(IReadOnlyList<HealthTarget> targets, bool failsFast)
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<HealthTarget, (Health Health, string? Error)> _known = [];
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Done => _done.Task;

        public bool WantsGone { get; init; }

        public bool HasTimedOut { get; set; }

        public void Set(HealthTarget target, Health health, string? error = null)
        {
            lock (_lock)
            {
                if (_known.TryGetValue(target, out var old) && old.Health == health && old.Error == error)
                {
                    return;
                }

                _known[target] = (health, error);
            }

            Check();
        }

        public void Check()
        {
            lock (_lock)
            {
                if (IsOver())
                {
                    _done.TrySetResult();
                }
            }
        }

        public ObjectKey? FirstLeft()
        {
            lock (_lock)
            {
                foreach (var target in targets)
                {
                    if (!_known.TryGetValue(target, out var known) || known.Health != Health.NotFound)
                    {
                        return target.Key;
                    }
                }

                return null;
            }
        }

        public string? Complaint()
        {
            lock (_lock)
            {
                var wrong = new List<string>();
                foreach (var target in targets)
                {
                    if (!_known.TryGetValue(target, out var known))
                    {
                        wrong.Add($"can't determine status for {target.Key}");
                        continue;
                    }

                    var (health, error) = known;
                    if (health == Health.Failed || (HasTimedOut && !IsFine(target, health)))
                    {
                        wrong.Add($"{target.Key} status: '{health}'{(error is null ? "" : $": {error}")}");
                    }
                }

                wrong.Sort(StringComparer.Ordinal);
                return wrong.Count == 0
                    ? null
                    : $"{(HasTimedOut ? "timeout waiting for" : "failed early due to stalled resources")}: [{string.Join(", ", wrong)}]";
            }
        }

        private static bool IsFine(HealthTarget target, Health health) =>
            health == Health.Current || (health == Health.NotFound && target.MayVanish);

        private bool IsOver()
        {
            var open = false;
            foreach (var target in targets)
            {
                if (!_known.TryGetValue(target, out var known))
                {
                    open = true;
                    continue;
                }

                if (WantsGone)
                {
                    open |= known.Health != Health.NotFound;
                    continue;
                }

                if (failsFast && known.Health == Health.Failed)
                {
                    return true;
                }

                open |= known.Health != Health.Failed && !IsFine(target, known.Health);
            }

            return !open;
        }
    }
}
