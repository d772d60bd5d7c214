using System.Globalization;
using System.Security.Cryptography;
using Weir.Values;

namespace Weir.ApiServer.Writing;

/// <summary>The metadata that the server itself gives to objects.</summary>
internal static class ObjectMetadata
{
    /// <summary>Characters of generated names: no vowels, so that no words arise.</summary>
    private const string NameAlphabet = "bcdfghjklmnpqrstvwxz2456789";

    private const int MaxGeneratedBase = 63 - 5;

    public static string Timestamp(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string GenerateName(string prefix)
    {
        var cut = prefix.Length > MaxGeneratedBase ? prefix[..MaxGeneratedBase] : prefix;
        return cut + RandomNumberGenerator.GetString(NameAlphabet, 5);
    }

    /// <summary>Fields that no client may set on creation are cleared.</summary>
    public static void Wipe(MapValue metadata)
    {
        foreach (var key in (ReadOnlySpan<string>)["selfLink", "uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds"])
        {
            metadata.Remove(key);
        }
    }

    /// <summary>Sets what the server gives to new objects.</summary>
    public static void Fill(MapValue metadata, DateTimeOffset now)
    {
        metadata["uid"] = Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = Timestamp(now);
    }

    /// <summary>Drops what Go would not write: empty maps, lists and strings of metadata.</summary>
    public static void Tidy(MapValue metadata)
    {
        foreach (var key in (ReadOnlySpan<string>)["labels", "annotations", "ownerReferences", "finalizers", "managedFields", "name", "generateName", "namespace", "selfLink", "uid", "resourceVersion"])
        {
            if (metadata[key] is NullValue or MapValue { Count: 0 } or ListValue { Count: 0 } or StringValue { Value: "" })
            {
                metadata.Remove(key);
            }
        }

        foreach (var key in (ReadOnlySpan<string>)["creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds"])
        {
            if (metadata[key] is NullValue)
            {
                metadata.Remove(key);
            }
        }

        if (metadata["generation"] is NullValue or IntValue { Value: 0 })
        {
            metadata.Remove("generation");
        }
    }

    /// <summary>Nothing holds a terminating object any more.</summary>
    public static bool MayVanish(MapValue value)
    {
        var metadata = value.GetMap("metadata");
        return metadata is not null
            && metadata.ContainsKey("deletionTimestamp")
            && metadata.GetList("finalizers") is not { Count: > 0 }
            && (metadata.GetInt("deletionGracePeriodSeconds") ?? 0) == 0;
    }

    public static bool HasFinalizers(MapValue value) => value.GetMap("metadata")?.GetList("finalizers") is { Count: > 0 };
}
