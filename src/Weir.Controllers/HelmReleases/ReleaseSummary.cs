using System.Security.Cryptography;
using Weir.Flux;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Controllers;

/// <summary>Composes Ready of Remediated, TestSuccess and Released, the newest and weightiest first.</summary>
internal static class ReleaseSummary
{
    public static void Write(HelmReleaseRun run)
    {
        var test = run.Spec.Test;
        if (test?.Enable != true)
        {
            run.Conditions.Remove(ConditionTypes.TestSuccess);
        }

        string[] types = test?.Enable == true && test.IgnoreFailures != true
            ? [ConditionTypes.Remediated, ConditionTypes.TestSuccess, ConditionTypes.Released]
            : [ConditionTypes.Remediated, ConditionTypes.Released];
        MapValue? first = null;
        foreach (var type in types)
        {
            if (run.Conditions.Find(type) is { } condition
                && (first is null || (condition.GetInt("observedGeneration") ?? 0) > (first.GetInt("observedGeneration") ?? 0)))
            {
                first = condition;
            }
        }

        if (first is null)
        {
            return;
        }

        var state = first.GetString("type") == ConditionTypes.Remediated ? "False" : first.GetString("status") ?? "Unknown";
        if (state == "True")
        {
            run.Conditions.Remove(ConditionTypes.Stalled);
        }

        run.Conditions.Set(ConditionTypes.Ready, state, first.GetString("reason") ?? "", first.GetString("message") ?? "");
        SetDigest(run, "observedPostRenderersDigest", PostRenderersDigest(run));
        SetDigest(run, "observedCommonMetadataDigest", CommonMetadataDigest(run));
    }

    /// <summary>Says that tests are still to be run.</summary>
    public static void AwaitTests(HelmReleaseRun run, Snapshot latest)
    {
        if (run.Spec.Test?.Enable == true && !latest.HasBeenTested)
        {
            run.Conditions.SetUnknown(
                ConditionTypes.TestSuccess,
                HelmReleaseReasons.AwaitingTests,
                $"Helm release {latest.FullName} with chart {latest.VersionedChart} is awaiting tests");
        }
    }

    public static void Tell(HelmReleaseRun run, EventSeverity severity, string reason, string message, Dictionary<string, string> metadata) =>
        run.Services.Events.Record(new(run.Object.Value, severity, reason, message, metadata, HelmReleaseServices.ControllerName));

    public static string PostRenderersDigest(HelmReleaseRun run) => Digest(run.Object.Value.At("spec", "postRenderers"), PostRendererOrder);

    public static string CommonMetadataDigest(HelmReleaseRun run) => Digest(run.Object.Value.At("spec", "commonMetadata"), MetadataOrder);

    // The fields in the order in which Go's structs declare them.
    private static readonly string[] PostRendererOrder =
        ["kustomize", "patches", "images", "patch", "target", "group", "version", "kind", "namespace", "name", "annotationSelector", "labelSelector", "newName", "newTag", "digest"];

    private static readonly string[] MetadataOrder = ["annotations", "labels"];

    private static readonly string[] ImageOrder = ["name", "newName", "newTag", "digest"];

    private static string Digest(Value? value, string[] order)
    {
        if (value is null)
        {
            return "";
        }

        var json = JsonWriter.Write(Ordered(value, order, ""), new() { KeepOrder = true });
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(GoString.ToBytes(json + "\n")));
    }

    private static Value Ordered(Value value, string[] order, string parent)
    {
        switch (value)
        {
            case MapValue map:
                var fields = parent == "images" ? ImageOrder : order;
                var result = new MapValue(map.Count);
                var isFreeMap = parent is "annotations" or "labels";
                foreach (var key in isFreeMap ? [] : fields)
                {
                    if (map[key] is { } field)
                    {
                        result[key] = Ordered(field, order, key);
                    }
                }

                foreach (var key in map.Keys.Order(GoString.Comparer))
                {
                    if (!result.ContainsKey(key))
                    {
                        result[key] = Ordered(map[key]!, order, key);
                    }
                }

                return result;
            case ListValue list:
                return new ListValue(list.Select(item => Ordered(item, order, parent)));
            default:
                return value;
        }
    }

    private static void SetDigest(HelmReleaseRun run, string field, string digest)
    {
        if (digest.Length == 0)
        {
            run.Status.Remove(field);
        }
        else
        {
            run.Status[field] = digest;
        }
    }
}
