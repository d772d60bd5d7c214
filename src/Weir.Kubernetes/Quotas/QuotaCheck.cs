using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Whether the quotas of a namespace allow an object, and what it takes of them.</summary>
public static class QuotaCheck
{
    /// <summary>
    /// Checks an object that is created or changed (<paramref name="old"/> is absent for a new one) against quotas as they stand. Gives
    /// the <c>used</c> of each quota that changes, or why the object is refused.
    /// </summary>
    public static (IReadOnlyList<(string Quota, ResourceAmounts Used)> Changes, string? Refusal) Check(
        string group, string plural, MapValue value, MapValue? old, IEnumerable<MapValue> quotas)
    {
        var usage = QuotaUsage.Of(group, plural, value);
        var before = old is null ? null : QuotaUsage.Of(group, plural, old);
        var changes = new List<(string, ResourceAmounts)>();
        var refusal = (string?)null;
        foreach (var quota in quotas)
        {
            var (spec, status) = (quota.GetMap("spec") ?? [], quota.GetMap("status") ?? []);
            var hard = ResourceAmounts.Read(status.GetMap("hard"));
            var limited = hard.Keys.Where(n => QuotaUsage.CountedBy(n) == (group, plural)).ToHashSet(StringComparer.Ordinal);
            if (limited.Count == 0 || !QuotaScopes.Matches(spec, group, plural, value))
            {
                continue;
            }

            var used = ResourceAmounts.Read(status.GetMap("used"));
            refusal ??= plural == "pods" && QuotaUsage.Missing(value, limited) is { } missing ? $"failed quota: {quota.Name()}: {missing}"
                : limited.All(used.ContainsKey) ? null
                : $"status unknown for quota: {quota.Name()}, resources: {string.Join(',', limited.Order(StringComparer.Ordinal))}";
            if (refusal is not null)
            {
                return ([], refusal);
            }

            var wanted = before is not null && QuotaScopes.Matches(spec, group, plural, old!) ? usage.Beyond(before) : usage.Only(n => usage[n].Sign > 0);
            wanted = wanted.Only(limited.Contains);
            if (wanted.Count == 0)
            {
                continue;
            }

            var total = new ResourceAmounts();
            total.Add(used);
            total.Add(wanted);
            var exceeded = wanted.Keys.Where(n => total[n] > hard[n]).ToHashSet(StringComparer.Ordinal);
            if (exceeded.Count > 0)
            {
                return ([], $"exceeded quota: {quota.Name()}, requested: {wanted.Only(exceeded.Contains)}, used: {used.Only(exceeded.Contains)}, limited: {hard.Only(exceeded.Contains)}");
            }

            changes.Add((quota.Name(), total));
        }

        return (changes, null);
    }
}
