using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.Admission;

/// <summary>What admission adds to new claims, volumes and ingresses: the default class, and the finalizer that keeps what is in use.</summary>
internal sealed class StorageAdmission(ObjectStore store)
{
    public const string ClaimFinalizer = "kubernetes.io/pvc-protection";
    public const string VolumeFinalizer = "kubernetes.io/pv-protection";

    private readonly ResourceTable _storageClasses = store.Table("storageclasses.storage.k8s.io");
    private readonly ResourceTable _ingressClasses = store.Table("ingressclasses.networking.k8s.io");

    public void Claim(MapValue claim)
    {
        Protect(claim, ClaimFinalizer);
        var spec = claim.GetOrAddMap("spec");
        if (spec["storageClassName"] is null or NullValue && claim.Annotation("volume.beta.kubernetes.io/storage-class") is null
            && Default(_storageClasses, "storageclass.kubernetes.io/is-default-class", "storageclass.beta.kubernetes.io/is-default-class") is { } name)
        {
            spec["storageClassName"] = name;
        }
    }

    /// <summary>A claim only grows when its class says that its volumes may.</summary>
    public void CheckGrowth(MapValue claim, MapValue old)
    {
        if (Size(claim) > Size(old)
            && _storageClasses.Objects.Find("", claim.At("spec", "storageClassName")?.ToString() ?? "")?.Decode().GetBool("allowVolumeExpansion") != true)
        {
            throw ApiStatus.Forbidden("", "persistentvolumeclaims", claim.Name(),
                "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize").ToException();
        }
    }

    public static void Volume(MapValue volume) => Protect(volume, VolumeFinalizer);

    public void Ingress(MapValue ingress)
    {
        var spec = ingress.GetOrAddMap("spec");
        if (spec["ingressClassName"] is null or NullValue && ingress.Annotation("kubernetes.io/ingress.class") is null
            && Default(_ingressClasses, "ingressclass.kubernetes.io/is-default-class") is { } name)
        {
            spec["ingressClassName"] = name;
        }
    }

    /// <summary>The youngest class that is marked as the default, by name when they are as old.</summary>
    private static string? Default(ResourceTable classes, params ReadOnlySpan<string> annotations)
    {
        (string Created, string Name)? best = null;
        foreach (var item in classes.Objects.List(null))
        {
            var value = item.Decode();
            var isDefault = false;
            foreach (var annotation in annotations)
            {
                isDefault |= value.Annotation(annotation) == "true";
            }

            // By name already: of those of one age the first stays.
            var created = value.GetMap("metadata")?.GetString("creationTimestamp") ?? "";
            if (isDefault && (best is not { } found || string.CompareOrdinal(created, found.Created) > 0))
            {
                best = (created, item.Name);
            }
        }

        return best?.Name;
    }

    private static Quantity Size(MapValue claim) =>
        Quantity.TryParse(claim.At("spec", "resources", "requests", "storage")?.ToString() ?? "", out var size, out _) ? size : default;

    private static void Protect(MapValue value, string finalizer)
    {
        var metadata = value.GetOrAddMap("metadata");
        var finalizers = metadata.GetList("finalizers") ?? [];
        if (!finalizers.Contains(new StringValue(finalizer)))
        {
            finalizers.Add(finalizer);
            metadata["finalizers"] = finalizers;
        }
    }
}
