using System.Globalization;
using Weir.ApiServer.Encoding;
using Weir.ApiServer.Resources;
using Weir.Values;

namespace Weir.ApiServer.Simulation;

/// <summary>From a workload's template to a pod.</summary>
internal static class PodTemplates
{
    private const string HashAlphabet = "bcdfghjklmnpqrstvwxz2456789";

    /// <summary>A pod with the template's labels, annotations and spec that is controlled by the owner. The caller names it.</summary>
    public static MapValue Pod(ServedResource ownerKind, MapValue owner, MapValue template)
    {
        var metadata = new MapValue();
        foreach (var key in (ReadOnlySpan<string>)["labels", "annotations", "finalizers"])
        {
            if (template.GetMap("metadata")?[key] is { } item)
            {
                metadata[key] = item.DeepClone();
            }
        }

        metadata["ownerReferences"] = new ListValue { OwnerReference(ownerKind, owner) };
        return new MapValue { ["metadata"] = metadata, ["spec"] = template.GetMap("spec")?.DeepClone() ?? new MapValue() };
    }

    public static MapValue OwnerReference(ServedResource ownerKind, MapValue owner) => new()
    {
        ["apiVersion"] = ownerKind.ApiVersion,
        ["kind"] = ownerKind.Kind,
        ["name"] = owner.GetMap("metadata")!.GetString("name")!,
        ["uid"] = owner.GetMap("metadata")!.GetString("uid")!,
        ["controller"] = true,
        ["blockOwnerDeletion"] = true,
    };

    /// <summary>A short name for a content; the real one hashes Go's memory, so this is alike in form only.</summary>
    public static string Hash(Value content, long collisions = 0)
    {
        var hash = 2166136261u;
        foreach (var part in JsonEncoder.Encode(new MapValue { ["content"] = content, ["collisions"] = collisions }))
        {
            hash = (hash ^ part) * 16777619u;
        }

        return string.Concat(hash.ToString(CultureInfo.InvariantCulture).Select(static c => HashAlphabet[c % HashAlphabet.Length]));
    }

    /// <summary>Whether two templates ask for the same pods; the hash that a controller has put on one does not count.</summary>
    public static bool IsSame(MapValue left, MapValue right, string hashLabel) => Value.DeepEquals(WithoutLabel(left, hashLabel), WithoutLabel(right, hashLabel));

    /// <summary>A number or a percentage of a total.</summary>
    public static long Resolve(Value? value, long total, bool roundUp, long otherwise) => value switch
    {
        IntValue number => number.Value,
        StringValue { Value: var text } when text.EndsWith('%') && long.TryParse(text.AsSpan(0, text.Length - 1), CultureInfo.InvariantCulture, out var percent) =>
            roundUp ? ((total * percent) + 99) / 100 : total * percent / 100,
        _ => otherwise,
    };

    private static MapValue WithoutLabel(MapValue template, string label)
    {
        if (template.GetMap("metadata")?.GetMap("labels") is not { } labels || !labels.ContainsKey(label))
        {
            return template;
        }

        var copy = template.ShallowClone();
        var metadata = copy.GetMap("metadata")!.ShallowClone();
        var kept = labels.ShallowClone();
        kept.Remove(label);
        metadata["labels"] = kept;
        copy["metadata"] = metadata;
        return copy;
    }
}
