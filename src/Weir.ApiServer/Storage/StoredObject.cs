using Weir.Values;

namespace Weir.ApiServer.Storage;

/// <summary>
/// One version of one object: its JSON as clients receive it, and the few facts that lists, watches and garbage collection ask for
/// without parsing. Immutable.
/// </summary>
internal sealed class StoredObject
{
    public required string Namespace { get; init; }

    public required string Name { get; init; }

    public required string Uid { get; init; }

    public required long ResourceVersion { get; init; }

    /// <summary>Compact UTF-8 JSON in the storage version; kind, apiVersion and metadata come first.</summary>
    public required byte[] Json { get; init; }

    /// <summary>Sorted as written; empty when there are none.</summary>
    public KeyValuePair<string, string>[] Labels { get; init; } = [];

    /// <summary>The uids of the owner references; empty when there are none.</summary>
    public string[] Owners { get; init; } = [];

    /// <summary>Deletion has begun and waits for finalizers or a grace period.</summary>
    public bool IsTerminating { get; init; }

    /// <summary>The generation of the CustomResourceDefinition under which a custom resource was written; 0 when not known.</summary>
    public long DefinitionGeneration { get; init; }

    /// <summary>A fresh copy of the object that the caller may change.</summary>
    public MapValue Decode() => Encoding.JsonDecoder.DecodeStored(Json);

    public string? Label(string name)
    {
        foreach (var (key, value) in Labels)
        {
            if (string.Equals(key, name, StringComparison.Ordinal))
            {
                return value;
            }
        }

        return null;
    }
}
