using System.Text.Json;

namespace Weir.ApiServer.Encoding;

/// <summary>Field names that occur in every object are the same string instances: no allocation, and cheap comparison.</summary>
internal static class FieldNames
{
    private static readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Known = new[]
    {
        "apiVersion", "kind", "metadata", "spec", "status", "data", "name", "namespace", "uid", "resourceVersion", "generation",
        "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "labels", "annotations", "ownerReferences", "finalizers",
        "managedFields", "manager", "operation", "time", "fieldsType", "fieldsV1", "subresource", "generateName", "controller",
        "blockOwnerDeletion", "f:metadata", "f:spec", "f:status", "f:data", "f:labels", "f:annotations", ".", "f:template",
        "f:containers", "f:name", "f:image", "f:resources", "f:env", "f:ports", "f:selector", "f:type", "f:replicas",
        "template", "containers", "image", "resources", "limits", "requests", "cpu", "memory", "env", "value", "ports", "containerPort",
        "protocol", "port", "targetPort", "selector", "matchLabels", "type", "replicas", "conditions", "reason", "message",
        "lastTransitionTime", "lastUpdateTime", "observedGeneration", "volumes", "volumeMounts", "mountPath", "configMap", "secret",
        "imagePullPolicy", "terminationMessagePath", "terminationMessagePolicy", "restartPolicy", "terminationGracePeriodSeconds",
        "dnsPolicy", "securityContext", "schedulerName", "strategy", "rollingUpdate", "maxSurge", "maxUnavailable",
        "revisionHistoryLimit", "progressDeadlineSeconds", "args", "command", "app", "key", "items", "interval", "sourceRef", "path",
    }.ToDictionary(n => n, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The shared instance of the property name at the reader, or <see langword="null"/>.</summary>
    public static string? Intern(ref Utf8JsonReader reader)
    {
        if (reader.HasValueSequence || reader.ValueIsEscaped || reader.ValueSpan.Length > 40)
        {
            return null;
        }

        Span<char> name = stackalloc char[40];
        return System.Text.Ascii.ToUtf16(reader.ValueSpan, name, out var length) == System.Buffers.OperationStatus.Done
            && Known.TryGetValue(name[..length], out var shared)
            ? shared
            : null;
    }
}
