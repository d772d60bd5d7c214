using System.Globalization;
using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>What must be right in the spec of a pod or a template.</summary>
internal static class PodValidation
{
    private static readonly string[] VolumeSourceOrder = ["name"];

    public static void Spec(MapValue spec, string path, ICollection<FieldError> errors)
    {
        var volumes = new HashSet<string>(StringComparer.Ordinal);
        Volumes(spec, path, volumes, errors);
        var names = new HashSet<string>(StringComparer.Ordinal);
        if (spec.GetList("containers") is not { Count: > 0 } containers)
        {
            errors.Add(FieldError.Required($"{path}.containers"));
        }
        else
        {
            Containers(containers, $"{path}.containers", names, volumes, errors);
        }

        Containers(spec.GetList("initContainers") ?? [], $"{path}.initContainers", names, volumes, errors);
        Supported(spec, "restartPolicy", path, ["Always", "OnFailure", "Never"], errors);
        Supported(spec, "dnsPolicy", path, ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"], errors);
        if (spec.GetInt("terminationGracePeriodSeconds") is { } grace and < 0)
        {
            errors.Add(FieldError.Invalid($"{path}.terminationGracePeriodSeconds", grace, "must be greater than or equal to 0"));
        }
    }

    /// <summary>A template whose labels its workload's selector must match.</summary>
    public static void Template(MapValue spec, string path, ICollection<FieldError> errors)
    {
        var template = spec.GetMap("template") ?? [];
        var labels = template.At("metadata", "labels") as MapValue;
        if (spec.GetMap("selector") is { Count: > 0 } selector && LabelSelector.Read(selector) is { } matching && !matching.Matches(labels))
        {
            errors.Add(FieldError.Invalid($"{path}.template.metadata.labels", labels is null ? NullValue.Instance : labels, "`selector` does not match template `labels`"));
        }

        Spec(template.GetMap("spec") ?? [], $"{path}.template.spec", errors);
    }

    /// <summary>The selector of a workload: there, and not empty.</summary>
    public static void Selector(MapValue spec, string path, string kind, ICollection<FieldError> errors)
    {
        if (spec["selector"] is not MapValue selector)
        {
            errors.Add(FieldError.Required($"{path}.selector"));
        }
        else if ((selector.GetMap("matchLabels")?.Count ?? 0) + (selector.GetList("matchExpressions")?.Count ?? 0) == 0)
        {
            errors.Add(FieldError.Invalid($"{path}.selector", selector, $"empty selector is invalid for {kind}"));
        }
    }

    private static void Containers(ListValue containers, string path, HashSet<string> names, HashSet<string> volumes, ICollection<FieldError> errors)
    {
        for (var i = 0; i < containers.Count; i++)
        {
            if (containers[i] is MapValue container)
            {
                Container(container, string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), names, volumes, errors);
            }
        }
    }

    private static void Container(MapValue container, string path, HashSet<string> names, HashSet<string> volumes, ICollection<FieldError> errors)
    {
        var name = container.GetString("name") ?? "";
        if (name.Length == 0)
        {
            errors.Add(FieldError.Required($"{path}.name"));
        }
        else if (KubernetesNames.CheckLabelName(name) is { Count: > 0 } problems)
        {
            foreach (var problem in problems)
            {
                errors.Add(FieldError.Invalid($"{path}.name", name, problem));
            }
        }
        else if (!names.Add(name))
        {
            errors.Add(FieldError.Duplicate($"{path}.name", name));
        }

        var image = container.GetString("image") ?? "";
        if (image.Length == 0)
        {
            errors.Add(FieldError.Required($"{path}.image"));
        }
        else if (image.Trim() != image)
        {
            errors.Add(FieldError.Invalid($"{path}.image", image, "must not have leading or trailing whitespace"));
        }

        Supported(container, "imagePullPolicy", path, ["Always", "IfNotPresent", "Never"], errors);
        Supported(container, "terminationMessagePolicy", path, ["FallbackToLogsOnError", "File"], errors);
        Ports(container, path, errors);
        Environment(container, path, errors);
        Mounts(container, path, volumes, errors);
    }

    private static void Ports(MapValue container, string path, ICollection<FieldError> errors)
    {
        var ports = container.GetList("ports") ?? [];
        for (var i = 0; i < ports.Count; i++)
        {
            var port = (MapValue)ports[i];
            var place = string.Create(CultureInfo.InvariantCulture, $"{path}.ports[{i}]");
            var number = port.GetInt("containerPort") ?? 0;
            if (number == 0)
            {
                errors.Add(FieldError.Required($"{place}.containerPort"));
            }
            else if (number is < 1 or > 65535)
            {
                errors.Add(FieldError.Invalid($"{place}.containerPort", number, "must be between 1 and 65535, inclusive"));
            }

            Supported(port, "protocol", place, ["SCTP", "TCP", "UDP"], errors);
        }
    }

    private static void Environment(MapValue container, string path, ICollection<FieldError> errors)
    {
        var list = container.GetList("env") ?? [];
        for (var i = 0; i < list.Count; i++)
        {
            if (((MapValue)list[i]).GetString("name") is not { Length: > 0 })
            {
                errors.Add(FieldError.Required(string.Create(CultureInfo.InvariantCulture, $"{path}.env[{i}].name")));
            }
        }
    }

    private static void Mounts(MapValue container, string path, HashSet<string> volumes, ICollection<FieldError> errors)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        var mounts = container.GetList("volumeMounts") ?? [];
        for (var i = 0; i < mounts.Count; i++)
        {
            var mount = (MapValue)mounts[i];
            var place = string.Create(CultureInfo.InvariantCulture, $"{path}.volumeMounts[{i}]");
            var name = mount.GetString("name") ?? "";
            if (name.Length == 0)
            {
                errors.Add(FieldError.Required($"{place}.name"));
            }
            else if (!volumes.Contains(name))
            {
                errors.Add(FieldError.NotFound($"{place}.name", name));
            }

            var target = mount.GetString("mountPath") ?? "";
            if (target.Length == 0)
            {
                errors.Add(FieldError.Required($"{place}.mountPath"));
            }
            else if (!paths.Add(target))
            {
                errors.Add(FieldError.Invalid($"{place}.mountPath", target, "must be unique"));
            }
        }
    }

    private static void Volumes(MapValue spec, string path, HashSet<string> names, ICollection<FieldError> errors)
    {
        var volumes = spec.GetList("volumes") ?? [];
        for (var i = 0; i < volumes.Count; i++)
        {
            var volume = (MapValue)volumes[i];
            var place = string.Create(CultureInfo.InvariantCulture, $"{path}.volumes[{i}]");
            var name = volume.GetString("name") ?? "";
            if (name.Length == 0)
            {
                errors.Add(FieldError.Required($"{place}.name"));
            }
            else if (!names.Add(name))
            {
                errors.Add(FieldError.Duplicate($"{place}.name", name));
            }

            // Upstream looks at the sources in the order of its type: every one after the first is refused.
            var sources = VolumeSchema.Properties.Where(p => !VolumeSourceOrder.Contains(p.Name) && volume.ContainsKey(p.Name)).OrderBy(p => p.Order).ToList();
            foreach (var source in sources.Skip(1))
            {
                errors.Add(FieldError.Forbidden($"{place}.{source.Name}", "may not specify more than 1 volume type"));
            }

            if (sources.Count == 0)
            {
                errors.Add(FieldError.Required(place, "must specify a volume type"));
            }
        }
    }

    private static Schema VolumeSchema { get; } = BuiltInSchemas.Find("io.k8s.api.core.v1.Volume")!;

    public static void Supported(MapValue map, string key, string path, string[] supported, ICollection<FieldError> errors)
    {
        if (map.GetString(key) is { } value && !supported.Contains(value))
        {
            errors.Add(FieldError.NotSupported(path.Length == 0 ? key : $"{path}.{key}", value, supported));
        }
    }
}
