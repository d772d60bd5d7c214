using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>Cron jobs.</summary>
internal sealed class CronJobKind : BuiltInKind
{
    private const int MaxNameLength = 52;

    public override bool HasGeneration => true;

    public override void Default(MapValue value)
    {
        var spec = value.GetOrAddMap("spec");
        SetDefault(spec, "concurrencyPolicy", "Allow");
        SetDefault(spec, "suspend", false);
        SetDefault(spec, "successfulJobsHistoryLimit", 3);
        SetDefault(spec, "failedJobsHistoryLimit", 1);
        PodDefaults.Spec(spec.GetOrAddMap("jobTemplate").GetOrAddMap("spec").GetOrAddMap("template").GetOrAddMap("spec"));
    }

    public override void Validate(MapValue value, ICollection<FieldError> errors)
    {
        var spec = value.GetMap("spec") ?? [];
        var schedule = spec.GetString("schedule") ?? "";
        if (schedule.Length == 0)
        {
            errors.Add(FieldError.Required("spec.schedule"));
        }
        else if (schedule.Contains("TZ", StringComparison.Ordinal))
        {
            errors.Add(FieldError.Invalid("spec.schedule", schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead"));
        }
        else if (!schedule.StartsWith('@') && schedule.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: not 5 } fields)
        {
            errors.Add(FieldError.Invalid("spec.schedule", schedule, $"expected exactly 5 fields, found {fields.Length}: [{string.Join(' ', fields)}]"));
        }

        if (spec["timeZone"] is StringValue { Value: var zone })
        {
            TimeZone(zone, errors);
        }

        PodValidation.Supported(spec, "concurrencyPolicy", "spec", ["Allow", "Forbid", "Replace"], errors);
        NonNegative(spec, "startingDeadlineSeconds", "spec", errors);
        NonNegative(spec, "successfulJobsHistoryLimit", "spec", errors);
        NonNegative(spec, "failedJobsHistoryLimit", "spec", errors);
        JobKind.Validate(spec.At("jobTemplate", "spec") as MapValue ?? [], "spec.jobTemplate.spec", errors);
    }

    public override void ValidateCreate(MapValue value, ICollection<FieldError> errors)
    {
        if (value.Name().Length > MaxNameLength)
        {
            errors.Add(FieldError.Invalid("metadata.name", value.Name(), $"must be no more than {MaxNameLength} characters"));
        }
    }

    private static void TimeZone(string zone, ICollection<FieldError> errors)
    {
        if (zone.Length == 0)
        {
            errors.Add(FieldError.Invalid("spec.timeZone", zone, "timeZone must be nil or non-empty string"));
        }
        else if (zone.Equals("Local", StringComparison.OrdinalIgnoreCase))
        {
            errors.Add(FieldError.Invalid("spec.timeZone", zone, "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones"));
        }
        else if (zone != "UTC" && !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _))
        {
            errors.Add(FieldError.Invalid("spec.timeZone", zone, $"unknown time zone {zone}"));
        }
    }
}
