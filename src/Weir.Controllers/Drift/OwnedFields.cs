using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>
/// How much of an object a field manager owns, and since when. Whoever changes or removes a field takes it from its owner, so
/// that drift shows as fewer fields of the same time, and nothing else does: not a status, not a field of somebody else.
/// </summary>
internal readonly record struct OwnedFields(long Count, string Time)
{
    private const string Key = "owned";

    /// <summary>True when the manager owns nothing.</summary>
    public bool IsEmpty => Count == 0;

    /// <summary>True when somebody took fields since an earlier look: the owner's own writes are newer.</summary>
    public bool HasLostSince(OwnedFields earlier) => Count < earlier.Count && string.CompareOrdinal(Time, earlier.Time) <= 0;

    /// <summary>Keeps of an object's metadata what finding drift needs: names, version, the owner's labels and what is owned.</summary>
    public static void Trim(MapValue value, string manager, string labels)
    {
        var metadata = value.GetMap("metadata") ?? [];
        var kept = new MapValue();
        foreach (var name in (ReadOnlySpan<string>)["name", "namespace", "resourceVersion"])
        {
            if (metadata[name] is { } part)
            {
                kept[name] = part;
            }
        }

        var owner = new MapValue();
        foreach (var name in (ReadOnlySpan<string>)[$"{labels}/name", $"{labels}/namespace"])
        {
            if (value.Label(name) is { } label)
            {
                owner[name] = label;
            }
        }

        kept["labels"] = owner;
        var (count, time, other) = Measure(metadata.GetList("managedFields"), manager);
        value["metadata"] = kept;
        value[Key] = new MapValue { ["count"] = count, ["time"] = time, ["other"] = other };
    }

    /// <summary>What <see cref="Trim"/> noted.</summary>
    public static OwnedFields Of(MapValue trimmed) =>
        new(trimmed.GetMap(Key)?.GetInt("count") ?? 0, trimmed.GetMap(Key)?.GetString("time") ?? "");

    /// <summary>Who else wrote last; empty when nobody did.</summary>
    public static string LastOther(MapValue trimmed) => trimmed.GetMap(Key)?.GetString("other") ?? "";

    private static (long Count, string Time, string Other) Measure(ListValue? entries, string manager)
    {
        var (count, newest, other, otherTime) = (0L, "", "", "");
        foreach (var item in entries ?? [])
        {
            if (item is not MapValue entry || !string.IsNullOrEmpty(entry.GetString("subresource")))
            {
                continue;
            }

            var time = entry.GetString("time") ?? "";
            if (entry.GetString("manager") == manager)
            {
                count += Size(entry.GetMap("fieldsV1"));
                newest = string.CompareOrdinal(time, newest) > 0 ? time : newest;
            }
            else if (string.CompareOrdinal(time, otherTime) >= 0)
            {
                (other, otherTime) = (entry.GetString("manager") ?? "", time);
            }
        }

        return (count, newest, other);
    }

    private static long Size(MapValue? fields)
    {
        var size = 0L;
        foreach (var (_, value) in fields ?? [])
        {
            size += 1 + Size(value as MapValue);
        }

        return size;
    }
}
