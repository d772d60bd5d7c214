using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Events, in the words of either group.</summary>
internal sealed class EventKind : BuiltInKind
{
    private const int MaxReporter = 128;
    private const int MaxMessage = 1024;

    public override bool HasStatus => false;

    public override void Validate(MapValue value, ICollection<FieldError> errors)
    {
        var isNew = value.GetString("apiVersion") == "events.k8s.io/v1";
        var about = value.GetMap(isNew ? "regarding" : "involvedObject") ?? [];
        var hasTime = value["eventTime"] is StringValue;
        if (!hasTime)
        {
            Place(value, about, errors);
        }
        else
        {
            Report(value, isNew, errors);
            Place(value, about, errors);
        }

        if (isNew)
        {
            Strict(value, hasTime, errors);
        }
    }

    private static void Place(MapValue value, MapValue about, ICollection<FieldError> errors)
    {
        var (own, other) = (value.Namespace(), about.GetString("namespace") ?? "");
        if (other.Length == 0 ? own is not ("" or "default") : own != other)
        {
            errors.Add(FieldError.Invalid("involvedObject.namespace", other, "does not match event.namespace"));
        }
    }

    private static void Report(MapValue value, bool isNew, ICollection<FieldError> errors)
    {
        Text(value, isNew ? "reportingController" : "reportingComponent", "reportingController", MaxReporter, errors);
        Text(value, "reportingInstance", "reportingInstance", MaxReporter, errors);
        Text(value, "action", "action", MaxReporter, errors);
        Text(value, "reason", "reason", MaxReporter, errors);
        if ((value.GetString(isNew ? "note" : "message")?.Length ?? 0) > MaxMessage)
        {
            errors.Add(FieldError.Invalid("message", "", $"can have at most {MaxMessage} characters"));
        }
    }

    private static void Text(MapValue value, string key, string field, int max, ICollection<FieldError> errors)
    {
        var text = value.GetString(key) ?? "";
        if (text.Length == 0)
        {
            errors.Add(FieldError.Required(field));
        }
        else if (text.Length > max)
        {
            errors.Add(FieldError.Invalid(field, "", $"can have at most {max} characters"));
        }
    }

    private static void Strict(MapValue value, bool hasTime, ICollection<FieldError> errors)
    {
        if (!hasTime)
        {
            errors.Add(FieldError.Required("eventTime"));
        }

        var type = value.GetString("type") ?? "";
        if (type is not ("Normal" or "Warning"))
        {
            errors.Add(FieldError.Invalid("type", "", $"has invalid value: {type}"));
        }

        foreach (var (key, field) in ((string, string)[])[("deprecatedFirstTimestamp", "firstTimestamp"), ("deprecatedLastTimestamp", "lastTimestamp")])
        {
            if (value[key] is StringValue)
            {
                errors.Add(FieldError.Invalid(field, "", "needs to be unset"));
            }
        }

        if (value.GetInt("deprecatedCount") is not (null or 0))
        {
            errors.Add(FieldError.Invalid("count", "", "needs to be unset"));
        }

        if (value.GetMap("deprecatedSource") is { Count: > 0 })
        {
            errors.Add(FieldError.Invalid("source", "", "needs to be unset"));
        }
    }
}
