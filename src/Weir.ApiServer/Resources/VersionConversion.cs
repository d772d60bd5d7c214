using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Resources;

/// <summary>Between the version an object is stored in and the version a client speaks.</summary>
internal static class VersionConversion
{
    /// <summary>The stored object as this version shows it; changes and answers the given value.</summary>
    public static MapValue FromStorage(ServedResource resource, MapValue value)
    {
        if (resource.IsCustom)
        {
            value["apiVersion"] = resource.ApiVersion;
            CustomObject.Prune(value, resource.Schema);
            CustomObject.ApplyDefaults(value, resource.Schema);
            return value;
        }

        return Convert(value, resource.Type.GroupVersionKind, resource.Schema);
    }

    /// <summary>An object of this version as it is stored; changes and answers the given value.</summary>
    public static MapValue ToStorage(ServedResource resource, MapValue value)
    {
        if (resource.IsStorageVersion)
        {
            value["apiVersion"] = resource.StorageKind.ApiVersion;
            return value;
        }

        if (resource.IsCustom)
        {
            value["apiVersion"] = resource.StorageKind.ApiVersion;
            if (resource.StorageSchema is { } schema)
            {
                CustomObject.Prune(value, schema);
                CustomObject.ApplyDefaults(value, schema);
            }

            return value;
        }

        return Convert(value, resource.StorageKind, BuiltInSchemas.Find(resource.StorageKind) ?? resource.Schema);
    }

    private static MapValue Convert(MapValue value, GroupVersionKind kind, Schema schema)
    {
        if (value.GetString("apiVersion") == kind.ApiVersion)
        {
            return value;
        }

        value = (kind.Kind, kind.ApiVersion) switch
        {
            ("HorizontalPodAutoscaler", "autoscaling/v1") => AutoscalerConversion.ToFirst(value),
            ("HorizontalPodAutoscaler", "autoscaling/v2") => AutoscalerConversion.ToSecond(value),
            ("Event", "events.k8s.io/v1") => EventConversion.ToEvents(value),
            ("Event", "v1") => EventConversion.ToCore(value),
            _ => value,
        };
        value["apiVersion"] = kind.ApiVersion;
        return BuiltInObject.Normalize(value, schema);
    }
}
