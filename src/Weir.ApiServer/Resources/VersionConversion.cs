using Weir.Values;

namespace Weir.ApiServer.Resources;

/// <summary>Between the version an object is stored in and the version a client speaks.</summary>
internal static class VersionConversion
{
    /// <summary>The stored object as this version shows it; changes and answers the given value.</summary>
    public static MapValue FromStorage(ServedResource resource, MapValue value)
    {
        value["apiVersion"] = resource.ApiVersion;
        return value;
    }

    /// <summary>An object of this version as it is stored; changes and answers the given value.</summary>
    public static MapValue ToStorage(ServedResource resource, MapValue value)
    {
        value["apiVersion"] = resource.StorageKind.ApiVersion;
        return value;
    }
}
