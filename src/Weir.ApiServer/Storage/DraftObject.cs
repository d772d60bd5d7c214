using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;
using Weir.ApiServer.Encoding;
using Weir.Values;

namespace Weir.ApiServer.Storage;

/// <summary>
/// An object ready to be stored, encoded except for its resource version, which only the commit knows. The costly part of writing happens
/// here, outside the store's lock.
/// </summary>
internal sealed class DraftObject
{
    private static readonly string[] MetadataOrder =
    [
        "name", "generateName", "namespace", "selfLink", "uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp",
        "deletionGracePeriodSeconds", "labels", "annotations", "ownerReferences", "finalizers", "managedFields",
    ];

    private readonly byte[] _json;
    private readonly int _versionAt;

    public DraftObject(MapValue value)
    {
        Value = Ordered(value);
        var metadata = Value.GetMap("metadata")!;
        Namespace = metadata.GetString("namespace") ?? "";
        Name = metadata.GetString("name") ?? "";
        Uid = metadata.GetString("uid") ?? "";
        Labels = Pairs(metadata.GetMap("labels"));
        Owners = OwnerUids(metadata.GetList("ownerReferences"));
        IsTerminating = metadata.ContainsKey("deletionTimestamp");
        _json = JsonEncoder.Encode(Value);
        var marker = "\"resourceVersion\":\"\""u8;
        var at = _json.AsSpan().IndexOf(marker);
        if (at < 0)
        {
            throw new UnreachableException("An encoded object has no place for its resource version.");
        }

        _versionAt = at + marker.Length - 1;
    }

    /// <summary>The object with an empty resource version, in the order that it is written.</summary>
    public MapValue Value { get; }

    public string Namespace { get; }

    public string Name { get; }

    public string Uid { get; }

    public KeyValuePair<string, string>[] Labels { get; }

    public string[] Owners { get; }

    public bool IsTerminating { get; }

    /// <summary>See <see cref="StoredObject.DefinitionGeneration"/>.</summary>
    public long DefinitionGeneration { get; init; }

    public StoredObject At(long resourceVersion)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(resourceVersion, digits, out var length, new StandardFormat('D'));
        var json = new byte[_json.Length + length];
        _json.AsSpan(0, _versionAt).CopyTo(json);
        digits[..length].CopyTo(json.AsSpan(_versionAt));
        _json.AsSpan(_versionAt).CopyTo(json.AsSpan(_versionAt + length));
        return new StoredObject
        {
            Namespace = Namespace,
            Name = Name,
            Uid = Uid,
            ResourceVersion = resourceVersion,
            Json = json,
            Labels = Labels,
            Owners = Owners,
            IsTerminating = IsTerminating,
            DefinitionGeneration = DefinitionGeneration,
        };
    }

    /// <summary>
    /// The same object with kind, apiVersion and metadata first and metadata in Go's order. The resource version is empty and stands
    /// before anything that a user may name, so that its place can be found in the bytes.
    /// </summary>
    public static MapValue Ordered(MapValue value)
    {
        var ordered = new MapValue(value.Count + 1)
        {
            ["kind"] = value["kind"] ?? "",
            ["apiVersion"] = value["apiVersion"] ?? "",
        };
        ordered["metadata"] = OrderedMetadata(value.GetMap("metadata") ?? new MapValue(), "");
        foreach (var (key, item) in value)
        {
            if (key is not ("kind" or "apiVersion" or "metadata"))
            {
                ordered[key] = item;
            }
        }

        return ordered;
    }

    /// <summary>Metadata in Go's order, with this resource version; <see langword="null"/> leaves the version out.</summary>
    public static MapValue OrderedMetadata(MapValue metadata, string? resourceVersion)
    {
        var ordered = new MapValue(metadata.Count + 1);
        foreach (var key in MetadataOrder)
        {
            if (key == "resourceVersion")
            {
                if (resourceVersion is not null)
                {
                    ordered[key] = resourceVersion;
                }
            }
            else if (metadata.TryGetValue(key, out var item))
            {
                ordered[key] = item;
            }
        }

        foreach (var (key, item) in metadata)
        {
            if (key != "resourceVersion" && !ordered.ContainsKey(key))
            {
                ordered[key] = item;
            }
        }

        return ordered;
    }

    /// <summary>Reads back what a data directory kept.</summary>
    public static StoredObject Restore(byte[] json, long resourceVersion)
    {
        var metadata = JsonDecoder.DecodeStored(json).GetMap("metadata")!;
        return new StoredObject
        {
            Namespace = metadata.GetString("namespace") ?? "",
            Name = metadata.GetString("name") ?? "",
            Uid = metadata.GetString("uid") ?? "",
            ResourceVersion = resourceVersion,
            Json = json,
            Labels = Pairs(metadata.GetMap("labels")),
            Owners = OwnerUids(metadata.GetList("ownerReferences")),
            IsTerminating = metadata.ContainsKey("deletionTimestamp"),
        };
    }

    private static KeyValuePair<string, string>[] Pairs(MapValue? labels)
    {
        if (labels is null || labels.Count == 0)
        {
            return [];
        }

        var pairs = new KeyValuePair<string, string>[labels.Count];
        for (var i = 0; i < pairs.Length; i++)
        {
            var (key, value) = labels.EntryAt(i);
            pairs[i] = new(key, (value as StringValue)?.Value ?? "");
        }

        return pairs;
    }

    private static string[] OwnerUids(ListValue? references)
    {
        if (references is null || references.Count == 0)
        {
            return [];
        }

        var uids = new string[references.Count];
        for (var i = 0; i < uids.Length; i++)
        {
            uids[i] = (references[i] as MapValue)?.GetString("uid") ?? "";
        }

        return uids;
    }
}
