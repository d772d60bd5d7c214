using System.Runtime.CompilerServices;
using Weir.ApiServer.Encoding;
using Weir.ApiServer.Storage;
using Weir.Values;

namespace Weir.ApiServer.Resources;

/// <summary>Stored objects as one version of a resource shows them. Most are shown as they are stored, without parsing.</summary>
internal sealed class ObjectView(ServedResource resource)
{
    private readonly ConditionalWeakTable<StoredObject, byte[]> _converted = [];
    private readonly int _headLength =
        $"{{\"kind\":\"{resource.StorageKind.Kind}\",\"apiVersion\":\"{resource.StorageKind.ApiVersion}\",".Length;

    /// <summary>The whole object.</summary>
    public ReadOnlyMemory<byte> Json(StoredObject stored) => IsAsStored(stored)
        ? stored.Json
        : _converted.GetValue(stored, s => JsonEncoder.Encode(Convert(s.Decode())));

    /// <summary>The object as an item of a list: built-in kinds leave their kind out. The opening brace is missing.</summary>
    public ReadOnlyMemory<byte> Item(StoredObject stored)
    {
        var json = Json(stored);
        return resource.IsCustom ? json[1..] : IsAsStored(stored) ? json[_headLength..] : json[HeadLength(json.Span)..];
    }

    /// <summary>A copy that the caller may change.</summary>
    public MapValue Value(StoredObject stored)
    {
        var value = stored.Decode();
        return IsAsStored(stored) ? value : Convert(value);
    }

    public bool IsAsStored(StoredObject stored) =>
        resource.IsStorageVersion && (resource.Custom is null || stored.DefinitionGeneration == resource.Custom.Generation);

    private static int HeadLength(ReadOnlySpan<byte> json) => json.IndexOf("\"metadata\":"u8);

    private MapValue Convert(MapValue value) => VersionConversion.FromStorage(resource, value);
}
