using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>What long-running workloads ask of their templates.</summary>
internal static class WorkloadValidation
{
    public static void AlwaysRestarts(MapValue spec, ICollection<FieldError> errors)
    {
        var template = spec.At("template", "spec") as MapValue;
        if (template?.GetString("restartPolicy") is { } policy && policy != "Always" && policy is "OnFailure" or "Never")
        {
            errors.Add(FieldError.NotSupported("spec.template.spec.restartPolicy", policy, ["Always"]));
        }

        if (template?.ContainsKey("activeDeadlineSeconds") == true)
        {
            errors.Add(FieldError.Forbidden("spec.template.spec.activeDeadlineSeconds", "activeDeadlineSeconds in ReplicaSet is not Supported"));
        }
    }
}
