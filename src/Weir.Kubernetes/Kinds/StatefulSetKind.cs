using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Stateful sets.</summary>
internal sealed class StatefulSetKind : BuiltInKind
{
    private static readonly HashSet<string> Mutable = new(StringComparer.Ordinal)
    {
        "replicas", "ordinals", "template", "updateStrategy", "revisionHistoryLimit", "persistentVolumeClaimRetentionPolicy", "minReadySeconds",
    };

    public override bool HasGeneration => true;

    public override void Default(MapValue value)
    {
        var spec = value.GetOrAddMap("spec");
        SetDefault(spec, "podManagementPolicy", "OrderedReady");
        var strategy = spec.GetOrAddMap("updateStrategy");
        SetDefault(strategy, "type", "RollingUpdate");
        if (strategy.GetString("type") == "RollingUpdate")
        {
            SetDefault(strategy.GetOrAddMap("rollingUpdate"), "partition", 0);
        }

        var retention = spec.GetOrAddMap("persistentVolumeClaimRetentionPolicy");
        SetDefault(retention, "whenDeleted", "Retain");
        SetDefault(retention, "whenScaled", "Retain");
        SetDefault(spec, "replicas", 1);
        SetDefault(spec, "revisionHistoryLimit", 10);
        PodDefaults.Spec(spec.GetOrAddMap("template").GetOrAddMap("spec"));
        foreach (var item in spec.GetList("volumeClaimTemplates") ?? [])
        {
            if (item is MapValue claim)
            {
                SetDefault(claim, "apiVersion", "v1");
                SetDefault(claim, "kind", "PersistentVolumeClaim");
                SetDefault(claim.GetOrAddMap("spec"), "volumeMode", "Filesystem");
                SetDefault(claim.GetOrAddMap("status"), "phase", "Pending");
            }
        }
    }

    public override void Validate(MapValue value, ICollection<FieldError> errors)
    {
        var spec = value.GetMap("spec") ?? [];
        NonNegative(spec, "replicas", "spec", errors);
        PodValidation.Supported(spec, "podManagementPolicy", "spec", ["OrderedReady", "Parallel"], errors);
        PodValidation.Selector(spec, "spec", "statefulset", errors);
        PodValidation.Template(WithClaims(spec), "spec", errors);
        WorkloadValidation.AlwaysRestarts(spec, errors);
    }

    public override void ValidateUpdate(MapValue value, MapValue old, ICollection<FieldError> errors)
    {
        if (!Value.DeepEquals(Fixed(value.GetMap("spec")), Fixed(old.GetMap("spec"))))
        {
            errors.Add(FieldError.Forbidden("spec", "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden"));
        }
    }

    // Mounts may name claim templates, which become volumes of the pods.
    private static MapValue WithClaims(MapValue spec)
    {
        if (spec.GetList("volumeClaimTemplates") is not { Count: > 0 } claims)
        {
            return spec;
        }

        var copy = spec.DeepClone();
        var pod = copy.GetOrAddMap("template").GetOrAddMap("spec");
        var volumes = pod.GetList("volumes") ?? new ListValue();
        foreach (var claim in claims.OfType<MapValue>())
        {
            if (!volumes.OfType<MapValue>().Any(v => v.GetString("name") == claim.Name()))
            {
                volumes.Add(new MapValue { ["name"] = claim.Name(), ["persistentVolumeClaim"] = new MapValue() });
            }
        }

        pod["volumes"] = volumes;
        return copy;
    }

    private static MapValue Fixed(MapValue? spec)
    {
        var copy = spec?.ShallowClone() ?? [];
        foreach (var name in Mutable)
        {
            copy.Remove(name);
        }

        if (copy.GetList("volumeClaimTemplates") is { } claims)
        {
            copy["volumeClaimTemplates"] = new ListValue(claims.Select(c =>
            {
                var claim = (c as MapValue)?.ShallowClone() ?? [];
                claim.Remove("status");
                return claim;
            }));
        }

        return copy;
    }
}
