using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Jobs.</summary>
internal sealed class JobKind : BuiltInKind
{
    private const string LabelPrefix = "batch.kubernetes.io/";

    public override bool HasGeneration => true;

    public override void Default(MapValue value)
    {
        Spec(value.GetOrAddMap("spec"));
        CopyLabels(value);
    }

    /// <summary>Jobs find their pods by their own uid, unless their author says otherwise.</summary>
    public override void PrepareCreate(MapValue value)
    {
        var spec = value.GetOrAddMap("spec");
        if (spec.GetBool("manualSelector") == true)
        {
            return;
        }

        var (name, uid) = (value.Name(), value.GetMap("metadata")?.GetString("uid") ?? "");
        var labels = spec.GetOrAddMap("template").GetOrAddMap("metadata").GetOrAddMap("labels");
        SetDefault(labels, LabelPrefix + "controller-uid", uid);
        SetDefault(labels, LabelPrefix + "job-name", name);
        SetDefault(labels, "controller-uid", uid);
        SetDefault(labels, "job-name", name);
        spec.GetOrAddMap("selector").GetOrAddMap("matchLabels")[LabelPrefix + "controller-uid"] = uid;
    }

    public override void Validate(MapValue value, ICollection<FieldError> errors) => Validate(value.GetMap("spec") ?? [], "spec", errors);

    public override void ValidateUpdate(MapValue value, MapValue old, ICollection<FieldError> errors)
    {
        Immutable(value, old, "spec.selector", errors);
        if ((value.At("spec", "completionMode") as StringValue)?.Value != "Indexed")
        {
            Immutable(value, old, "spec.completions", errors);
        }

        if (old.At("spec", "suspend") is not BoolValue { Value: true } || old.At("status", "startTime") is not null)
        {
            Immutable(value, old, "spec.template", errors);
        }

        Immutable(value, old, "spec.completionMode", errors);
    }

    /// <summary>The defaults of a job itself; the template of a cron job has only those of its pods.</summary>
    private static void Spec(MapValue spec)
    {
        if (!spec.ContainsKey("completions") && !spec.ContainsKey("parallelism"))
        {
            spec["completions"] = 1;
            spec["parallelism"] = 1;
        }

        SetDefault(spec, "parallelism", 1);
        SetDefault(spec, "backoffLimit", spec.ContainsKey("backoffLimitPerIndex") ? int.MaxValue : 6);
        SetDefault(spec, "completionMode", "NonIndexed");
        SetDefault(spec, "suspend", false);
        SetDefault(spec, "manualSelector", false);
        SetDefault(spec, "podReplacementPolicy", spec.ContainsKey("podFailurePolicy") ? "Failed" : "TerminatingOrFailed");
        PodDefaults.Spec(spec.GetOrAddMap("template").GetOrAddMap("spec"));
    }

    private static void CopyLabels(MapValue value)
    {
        var metadata = value.GetOrAddMap("metadata");
        if (metadata.GetMap("labels") is not { Count: > 0 } && value.At("spec", "template", "metadata", "labels") is MapValue { Count: > 0 } labels)
        {
            metadata["labels"] = labels.DeepClone();
        }
    }

    internal static void Validate(MapValue spec, string path, ICollection<FieldError> errors)
    {
        NonNegative(spec, "parallelism", path, errors);
        NonNegative(spec, "completions", path, errors);
        NonNegative(spec, "activeDeadlineSeconds", path, errors);
        NonNegative(spec, "backoffLimit", path, errors);
        NonNegative(spec, "ttlSecondsAfterFinished", path, errors);
        var template = spec.At("template", "spec") as MapValue ?? [];
        PodValidation.Spec(template, $"{path}.template.spec", errors);
        if (template.GetString("restartPolicy") is not ("OnFailure" or "Never"))
        {
            errors.Add(FieldError.Required($"{path}.template.spec.restartPolicy", "valid values: \"OnFailure\", \"Never\""));
        }
    }
}
