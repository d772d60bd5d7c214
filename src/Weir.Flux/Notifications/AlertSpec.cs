using Weir.Values;

namespace Weir.Flux;

/// <summary>What a Alert asks for.</summary>
public sealed record AlertSpec
{
    private static readonly FieldRules EventSeverityRules = new() { Default = "info", OneOf = ["info", "error"] };
    private static readonly FieldRules SummaryRules = new() { MaxLength = 255 };

    /// <summary>Metadata added to every event.</summary>
    public FieldMap<string>? EventMetadata { get; init; }

    /// <summary>The least severity that is sent.</summary>
    public string? EventSeverity { get; init; }

    /// <summary>The objects whose events are sent.</summary>
    public FieldList<AlertEventSource>? EventSources { get; init; }

    /// <summary>Regular expressions; what matches is left out.</summary>
    public FieldList<string>? ExclusionList { get; init; }

    /// <summary>Regular expressions; only what matches is sent.</summary>
    public FieldList<string>? InclusionList { get; init; }

    /// <summary>Where events are sent.</summary>
    public LocalReference? ProviderRef { get; init; }

    /// <summary>A short text about the effect of the event.</summary>
    public string? Summary { get; init; }

    /// <summary>Leave the object alone until this is taken away.</summary>
    public bool? Suspend { get; init; }

    internal static AlertSpec ReadFields(FieldReader f) => new()
    {
        EventMetadata = f.StringMap("eventMetadata", "Metadata added to every event."),
        EventSeverity = f.String("eventSeverity", "The least severity that is sent.", EventSeverityRules),
        EventSources = f.Objects("eventSources", "The objects whose events are sent.", AlertEventSource.ReadFields, FieldRules.Required),
        ExclusionList = f.Strings("exclusionList", "Regular expressions; what matches is left out."),
        InclusionList = f.Strings("inclusionList", "Regular expressions; only what matches is sent."),
        ProviderRef = f.Object("providerRef", "Where events are sent.", LocalReference.ReadFields, FieldRules.Required),
        Summary = f.String("summary", "A short text about the effect of the event.", SummaryRules),
        Suspend = f.Bool("suspend", "Leave the object alone until this is taken away."),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("eventMetadata", EventMetadata)
        .Add("eventSeverity", EventSeverity)
        .Add("eventSources", EventSources, static x => x.WriteFields())
        .Add("exclusionList", ExclusionList)
        .Add("inclusionList", InclusionList)
        .Add("providerRef", ProviderRef?.WriteFields())
        .Add("summary", Summary)
        .Add("suspend", Suspend)
        .Map;
}
