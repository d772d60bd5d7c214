using Weir.Flux;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>The state of Flux's objects as a metric, with the labels that Flux's dashboards read from kube-state-metrics.</summary>
internal static class ResourceInfo
{
    public const string Name = "gotk_resource_info";

    public static void Write(MetricsText text, GroupVersionKind kind, IEnumerable<MapValue> objects)
    {
        foreach (var value in objects)
        {
            text.Value(Name, Labels(kind, value), 1);
        }
    }

    private static string Labels(GroupVersionKind kind, MapValue value)
    {
        var spec = value.GetMap("spec");
        var status = value.GetMap("status");
        var release = status?.GetList("history") is { Count: > 0 } history ? history[0] as MapValue : null;
        var revision = kind == Kustomization.Kind ? status?.GetString("lastAppliedRevision")
            : kind == HelmRelease.Kind ? release?.GetString("chartVersion")
            : status?.GetMap("artifact")?.GetString("revision");
        return MetricsText.Labels(
            ("customresource_group", kind.Group),
            ("customresource_kind", kind.Kind),
            ("customresource_version", kind.Version),
            ("exported_namespace", value.Namespace()),
            ("name", value.Name()),
            ("ready", status is null ? null : new ConditionList(status, 0, TimeProvider.System).Find(ConditionTypes.Ready)?.GetString("status")),
            ("suspended", spec?.GetBool("suspend") is { } isSuspended ? (isSuspended ? "true" : "false") : null),
            ("revision", revision),
            ("source_name", kind == Kustomization.Kind || kind == HelmChart.Kind ? spec?.GetMap("sourceRef")?.GetString("name") : null),
            ("url", spec?.GetString("url")),
            ("endpoint", spec?.GetString("endpoint")),
            ("bucket_name", spec?.GetString("bucketName")),
            ("chart_name", release?.GetString("chartName") ?? (kind == HelmChart.Kind ? spec?.GetString("chart") : null)),
            ("chart_app_version", release?.GetString("appVersion")),
            ("chart_version", kind == HelmChart.Kind ? spec?.GetString("version") : null),
            ("chart_ref_name", spec?.GetMap("chartRef")?.GetString("name")),
            ("chart_source_name", spec?.GetMap("chart")?.GetMap("spec")?.GetMap("sourceRef")?.GetString("name")));
    }
}
