using Weir.Values;

namespace Weir.Fleet;

/// <summary>Dangers of a whole Kustomization or HelmRelease.</summary>
internal static class UnitRules
{
    public static IEnumerable<Finding> Find(UnitChange change, BuiltUnit? before, BuiltUnit? after, Func<UnitId, BuiltUnit?> find)
    {
        if (change.ErrorAfter is { } error)
        {
            yield return new("render-error", FindingSeverity.Error, change.Id, null, error, after?.Definition.Span ?? default);
            yield break;
        }

        if (before is { Objects.Count: > 0 } && after is { Objects.Count: 0 })
        {
            yield return new(
                "prune-everything", FindingSeverity.Error, change.Id, null,
                $"all {before.Objects.Count} objects are deleted: nothing is rendered any more", after.Definition.Span);
        }

        if (after is { IsLocked: true })
        {
            yield return new(
                "not-decrypted", FindingSeverity.Info, change.Id, null,
                "it holds encrypted values, compared as they are written: give the age key with --age-key-file or in SOPS_AGE_KEY_FILE", after.Definition.Span);
        }

        for (var above = after?.Parent; above is { } parent && find(parent) is { } known; above = known.Parent)
        {
            if (IsTrue(known, "suspend"))
            {
                yield return new(
                    "suspended", FindingSeverity.Info, change.Id, null,
                    $"its parent {parent.Kind} {parent.Namespace}/{parent.Name} is suspended: it does not learn of these changes until that is resumed", after!.Definition.Span);
            }
        }

        if (after is null || before is null)
        {
            yield break;
        }

        if (IsTrue(before, "wait") && !IsTrue(after, "wait"))
        {
            yield return new("health-check-removed", FindingSeverity.Warning, change.Id, null, "spec.wait is no longer true", after.Definition.Span);
        }

        if (Count(before, "healthChecks") > Count(after, "healthChecks"))
        {
            yield return new("health-check-removed", FindingSeverity.Warning, change.Id, null, "spec.healthChecks has fewer entries", after.Definition.Span);
        }

        if (IsTrue(after, "suspend"))
        {
            yield return new("suspended", FindingSeverity.Info, change.Id, null, "it is suspended: these changes are not applied until it is resumed", after.Definition.Span);
        }
    }

    private static bool IsTrue(BuiltUnit unit, string field) => unit.Definition.GetMap("spec")?.GetBool(field) == true;

    private static int Count(BuiltUnit unit, string field) => unit.Definition.GetMap("spec")?.GetList(field)?.Count ?? 0;
}
