using System.Globalization;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Fleet;

/// <summary>What an API server would refuse of the objects that a change creates or changes, and versions that it does not serve any more.</summary>
internal sealed class ApplyRules(ObjectSchemas before, ObjectSchemas after, int kubernetesMinor)
{
    // One object can be wrong in a thousand places.
    private const int MaxViolations = 10;

    public IEnumerable<Finding> Find(UnitChange change, BuiltUnit? left, BuiltUnit right)
    {
        var changed = change.Objects.Where(static o => o.Kind != ChangeKind.Deleted).Select(static o => o.Key).ToHashSet();
        if (changed.Count == 0)
        {
            yield break;
        }

        var old = new Dictionary<ObjectKey, MapValue>();
        foreach (var value in left?.Objects ?? [])
        {
            old[value.Key()] = value;
        }

        var secrets = new SecretTexts(right.Secrets);
        foreach (var value in right.Objects)
        {
            var key = value.Key();
            if (!changed.Contains(key))
            {
                continue;
            }

            if (Retired(value) is { } retired)
            {
                yield return retired with { Unit = change.Id };
            }

            foreach (var violation in News(value, old.GetValueOrDefault(key)))
            {
                var message = value.GroupVersionKind() is { Group: "", Kind: "Secret" } ? WithoutValue(violation) : secrets.Hide(new StringValue(violation)).Value;
                yield return new("schema-violation", FindingSeverity.Error, change.Id, key, message, value.Span);
            }
        }
    }

    // What was wrong before already is no news.
    private IEnumerable<string> News(MapValue value, MapValue? old)
    {
        var found = after.Check(value);
        if (found.Count == 0)
        {
            return found;
        }

        var known = old is null ? [] : before.Check(old).ToHashSet(StringComparer.Ordinal);
        var news = found.Where(f => !known.Contains(f)).ToList();
        return news.Count <= MaxViolations
            ? news
            : news.Take(MaxViolations).Append(string.Create(CultureInfo.InvariantCulture, $"and {news.Count - MaxViolations} more violations"));
    }

    private Finding? Retired(MapValue value)
    {
        var kind = value.GroupVersionKind();
        if (RetiredApis.Find(kind) is not var (removed, instead) || kubernetesMinor < removed)
        {
            return null;
        }

        var remedy = instead.Length == 0 ? "it has no successor" : $"write {instead}";
        return new(
            "retired-api", FindingSeverity.Error, default, value.Key(),
            string.Create(CultureInfo.InvariantCulture, $"{kind.ApiVersion} {kind.Kind} is not served since Kubernetes 1.{removed}: {remedy}"), value.Span);
    }

    // Values in messages would be data of the Secret.
    private static string WithoutValue(string violation) =>
        violation.IndexOf(": Invalid value", StringComparison.Ordinal) is var at and >= 0 ? $"{violation[..at]}: Invalid value" : violation;
}
