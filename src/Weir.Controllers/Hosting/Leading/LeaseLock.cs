using System.Globalization;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>One Lease that engines compete for, by the rules of Kubernetes' own components: a holder's time is judged by this machine's clock only.</summary>
internal sealed class LeaseLock(KubernetesClient client, LeaderElectionOptions options, string name, TimeProvider time)
{
    public static readonly GroupVersionKind Kind = new("coordination.k8s.io", "v1", "Lease");
    private const string Manager = "weir";

    private string _observed = "";
    private long _observedAt;

    public string Name { get; } = name;

    public bool IsHeld { get; private set; }

    /// <summary>True when another holds it, as seen last.</summary>
    public bool IsTaken { get; private set; }

    /// <summary>Takes the Lease when it is free or run out, or renews it. False when another has it.</summary>
    public async Task<bool> TryAcquireOrRenewAsync(CancellationToken cancellationToken)
    {
        var now = Now();
        if (await client.FindAsync(Kind, options.Namespace, Name, cancellationToken).ConfigureAwait(false) is not { } live)
        {
            await client.CreateAsync(
                new MapValue
                {
                    ["apiVersion"] = Kind.ApiVersion,
                    ["kind"] = Kind.Kind,
                    ["metadata"] = new MapValue { ["name"] = Name, ["namespace"] = options.Namespace },
                    ["spec"] = Spec(now, now, 0),
                },
                new() { FieldManager = Manager },
                cancellationToken).ConfigureAwait(false);
            return IsHeld = true;
        }

        var spec = live.GetOrAddMap("spec");
        var holder = spec.GetString("holderIdentity") ?? "";
        var seen = $"{holder} {spec.GetString("renewTime")} {spec.GetInt("leaseTransitions")}";
        if (seen != _observed)
        {
            (_observed, _observedAt) = (seen, time.GetTimestamp());
        }

        var isMine = holder == options.Identity;
        IsTaken = holder.Length > 0 && !isMine;
        if (IsTaken && time.GetElapsedTime(_observedAt) < TimeSpan.FromSeconds(spec.GetInt("leaseDurationSeconds") ?? 0))
        {
            return IsHeld = false;
        }

        var transitions = spec.GetInt("leaseTransitions") ?? 0;
        live["spec"] = isMine
            ? Spec(spec.GetString("acquireTime") ?? now, now, transitions)
            : Spec(now, now, transitions + 1);
        await client.UpdateAsync(live, new() { FieldManager = Manager }, cancellationToken).ConfigureAwait(false);
        IsTaken = false;
        return IsHeld = true;
    }

    /// <summary>Gives a held Lease away.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        if (!IsHeld)
        {
            return;
        }

        IsHeld = false;
        if (await client.FindAsync(Kind, options.Namespace, Name, cancellationToken).ConfigureAwait(false) is { } live
            && live.GetMap("spec") is { } spec && spec.GetString("holderIdentity") == options.Identity)
        {
            var now = Now();
            spec["holderIdentity"] = "";
            spec["leaseDurationSeconds"] = 1;
            spec["renewTime"] = now;
            spec["acquireTime"] = now;
            await client.UpdateAsync(live, new() { FieldManager = Manager }, cancellationToken).ConfigureAwait(false);
        }
    }

    private MapValue Spec(string acquired, string renewed, long transitions) => new()
    {
        ["acquireTime"] = acquired,
        ["holderIdentity"] = options.Identity,
        ["leaseDurationSeconds"] = (long)options.LeaseDuration.TotalSeconds,
        ["leaseTransitions"] = transitions,
        ["renewTime"] = renewed,
    };

    private string Now() => time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
}
