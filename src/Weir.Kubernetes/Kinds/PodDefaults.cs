using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>The defaults of pods, which all workloads share through their templates.</summary>
internal static class PodDefaults
{
    /// <summary>Fills in the spec of a pod or a template.</summary>
    public static void Spec(MapValue spec)
    {
        if (spec.GetString("serviceAccountName") is { Length: > 0 } account)
        {
            spec["serviceAccount"] = account;
        }
        else if (spec.GetString("serviceAccount") is { Length: > 0 } old)
        {
            spec["serviceAccountName"] = old;
        }

        Set(spec, "dnsPolicy", "ClusterFirst");
        Set(spec, "restartPolicy", "Always");
        Set(spec, "terminationGracePeriodSeconds", 30);
        Set(spec, "schedulerName", "default-scheduler");
        Set(spec, "securityContext", new MapValue());
        var isHostNetwork = spec.GetBool("hostNetwork") == true;
        foreach (var list in (ReadOnlySpan<string>)["containers", "initContainers", "ephemeralContainers"])
        {
            foreach (var item in spec.GetList(list) ?? [])
            {
                if (item is MapValue container)
                {
                    Container(container, isHostNetwork);
                }
            }
        }

        foreach (var item in spec.GetList("volumes") ?? [])
        {
            if (item is MapValue volume)
            {
                Volume(volume);
            }
        }
    }

    /// <summary>Requests follow limits; only pods themselves have that, not templates.</summary>
    public static void RequestsFromLimits(MapValue spec)
    {
        foreach (var list in (ReadOnlySpan<string>)["containers", "initContainers"])
        {
            foreach (var item in spec.GetList(list) ?? [])
            {
                if (item.At("resources", "limits") is MapValue limits)
                {
                    var requests = ((MapValue)item).GetMap("resources")!.GetOrAddMap("requests");
                    foreach (var (name, limit) in limits)
                    {
                        Set(requests, name, limit);
                    }
                }
            }
        }
    }

    private static void Container(MapValue container, bool isHostNetwork)
    {
        Set(container, "imagePullPolicy", IsLatest(container.GetString("image") ?? "") ? "Always" : "IfNotPresent");
        Set(container, "terminationMessagePath", "/dev/termination-log");
        Set(container, "terminationMessagePolicy", "File");
        Set(container, "resources", new MapValue());
        foreach (var item in container.GetList("ports") ?? [])
        {
            if (item is MapValue port)
            {
                Set(port, "protocol", "TCP");
                if (isHostNetwork && port.GetInt("containerPort") is { } number)
                {
                    Set(port, "hostPort", number);
                }
            }
        }

        foreach (var item in container.GetList("env") ?? [])
        {
            if (item.At("valueFrom", "fieldRef") is MapValue field)
            {
                Set(field, "apiVersion", "v1");
            }

            if (item.At("valueFrom", "resourceFieldRef") is MapValue resource)
            {
                Set(resource, "divisor", "0");
            }

            if (item.At("valueFrom", "fileKeyRef") is MapValue file)
            {
                Set(file, "optional", false);
            }
        }

        foreach (var name in (ReadOnlySpan<string>)["livenessProbe", "readinessProbe", "startupProbe"])
        {
            if (container.GetMap(name) is { } probe)
            {
                Probe(probe);
            }
        }

        foreach (var name in (ReadOnlySpan<string>)["postStart", "preStop"])
        {
            if (container.At("lifecycle", name, "httpGet") is MapValue http)
            {
                Http(http);
            }
        }
    }

    private static void Probe(MapValue probe)
    {
        Set(probe, "timeoutSeconds", 1);
        Set(probe, "periodSeconds", 10);
        Set(probe, "successThreshold", 1);
        Set(probe, "failureThreshold", 3);
        if (probe.GetMap("httpGet") is { } http)
        {
            Http(http);
        }

        if (probe.GetMap("grpc") is { } grpc)
        {
            Set(grpc, "service", "");
        }
    }

    private static void Http(MapValue http)
    {
        Set(http, "path", "/");
        Set(http, "scheme", "HTTP");
    }

    private static void Volume(MapValue volume)
    {
        if (volume.Count <= 1)
        {
            volume["emptyDir"] = new MapValue();
        }

        Mode(volume.GetMap("configMap"));
        Mode(volume.GetMap("secret"));
        Items(volume.GetMap("downwardAPI"));
        if (volume.GetMap("hostPath") is { } host)
        {
            Set(host, "type", "");
        }

        if (volume.GetMap("projected") is { } projected)
        {
            Set(projected, "defaultMode", 420);
            foreach (var source in projected.GetList("sources") ?? [])
            {
                if (source.At("serviceAccountToken") is MapValue token)
                {
                    Set(token, "expirationSeconds", 3600);
                }

                FieldReferences(source.At("downwardAPI") as MapValue);
            }
        }

        if (volume.GetMap("ephemeral")?.At("volumeClaimTemplate", "spec") is MapValue claim)
        {
            Set(claim, "volumeMode", "Filesystem");
        }
    }

    private static void Mode(MapValue? source)
    {
        if (source is not null)
        {
            Set(source, "defaultMode", 420);
        }
    }

    private static void Items(MapValue? source)
    {
        Mode(source);
        FieldReferences(source);
    }

    private static void FieldReferences(MapValue? source)
    {
        foreach (var item in source?.GetList("items") ?? [])
        {
            if (item.At("fieldRef") is MapValue field)
            {
                Set(field, "apiVersion", "v1");
            }

            if (item.At("resourceFieldRef") is MapValue resource)
            {
                Set(resource, "divisor", "0");
            }
        }
    }

    /// <summary>An image without tag and digest, or with the tag <c>latest</c>.</summary>
    private static bool IsLatest(string image)
    {
        if (image.Contains('@', StringComparison.Ordinal))
        {
            return false;
        }

        var colon = image.LastIndexOf(':');
        return colon <= image.LastIndexOf('/') || image[(colon + 1)..] == "latest";
    }

    private static void Set(MapValue map, string key, Value value)
    {
        if (map[key] is null or NullValue)
        {
            map[key] = value;
        }
    }
}
