using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Weir.Kubernetes.Client;

namespace Weir.Controllers;

/// <summary>
/// Holds the Leases of Flux's controllers that this engine stands for, so that it and they are never active together: all of
/// them are taken, in one order, before work begins, and losing one ends it.
/// </summary>
internal sealed class LeaderElection(KubernetesClient client, LeaderElectionOptions options, string? labelSelector, TimeProvider time)
{
    private static readonly string[] Controllers = ["source-controller", "kustomize-controller", "helm-controller", "source-watcher"];

    private readonly List<LeaseLock> _locks =
        [.. Controllers.Select(c => new LeaseLock(client, options, LeaseName(c, labelSelector), time))];

    private string _lastProblem = "";

    /// <summary>Told when a Lease cannot be read or written, once as long as the reason stays the same.</summary>
    public Action<string>? Problem { get; init; }

    /// <summary>The Leases and whether this engine holds them.</summary>
    public IEnumerable<(string Lease, bool IsHeld)> Leases => _locks.Select(static l => (l.Name, l.IsHeld));

    /// <summary>The name that Flux gives the Lease of a controller; a shard has its own.</summary>
    public static string LeaseName(string controller, string? labelSelector) =>
        string.IsNullOrEmpty(labelSelector)
            ? $"{controller}-leader-election"
            : $"{controller}-leader-election-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(labelSelector)))[..8]}";

    /// <summary>Waits until all Leases are this engine's. Those that it has are renewed meanwhile.</summary>
    public async Task AcquireAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var hasAll = true;
            foreach (var one in _locks)
            {
                // One that cannot be had must not hold back the rest of another engine: later ones are not tried.
                if (!await TryAsync(one, cancellationToken).ConfigureAwait(false))
                {
                    hasAll = false;
                    break;
                }
            }

            if (hasAll)
            {
                return;
            }

            await Task.Delay(options.RetryPeriod, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Renews until cancelled, or until a Lease is lost; then answers its name.</summary>
    public async Task<string?> HoldAsync(CancellationToken cancellationToken)
    {
        var renewed = _locks.ToDictionary(static l => l, _ => time.GetTimestamp());
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(options.RetryPeriod, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var one in _locks)
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                var left = options.RenewDeadline - time.GetElapsedTime(renewed[one]);
                if (left > TimeSpan.Zero)
                {
                    using var timer = time.CreateTimer(static s => ((CancellationTokenSource)s!).Cancel(), limit, left, Timeout.InfiniteTimeSpan);
                    if (await TryAsync(one, limit.Token).ConfigureAwait(false))
                    {
                        renewed[one] = time.GetTimestamp();
                        continue;
                    }
                }

                if (!cancellationToken.IsCancellationRequested && (one.IsTaken || time.GetElapsedTime(renewed[one]) >= options.RenewDeadline))
                {
                    return one.Name;
                }
            }
        }

        return null;
    }

    /// <summary>Gives the Leases away, so that another engine need not wait for their end.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        if (!options.ReleasesOnCancel)
        {
            return;
        }

        for (var i = _locks.Count - 1; i >= 0; i--)
        {
            try
            {
                await _locks[i].ReleaseAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (IsPassing(e))
            {
                // Its end comes by itself.
            }
        }
    }

    private async Task<bool> TryAsync(LeaseLock one, CancellationToken cancellationToken)
    {
        try
        {
            return await one.TryAcquireOrRenewAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsPassing(e))
        {
            var problem = $"error retrieving resource lock {options.Namespace}/{one.Name}: {e.Message}";
            if (problem != _lastProblem && e is not OperationCanceledException)
            {
                _lastProblem = problem;
                Problem?.Invoke(problem);
            }

            return false;
        }
    }

    private static bool IsPassing(Exception e) =>
        e is ApiException or HttpRequestException or IOException or SocketException or KindNotServedException or OperationCanceledException;
}
