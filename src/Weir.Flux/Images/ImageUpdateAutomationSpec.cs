using Weir.Values;

namespace Weir.Flux;

/// <summary>What a ImageUpdateAutomation asks for.</summary>
public sealed record ImageUpdateAutomationSpec
{
    private static readonly FieldRules IntervalRules = new() { IsRequired = true, Pattern = FieldRules.DurationPattern };
    private static readonly FieldRules UpdateRules = new() { Default = new MapValue { ["strategy"] = "Setters" } };

    /// <summary>How changes are committed and pushed.</summary>
    public ImageUpdateAutomationGit? Git { get; init; }

    /// <summary>How often the object is reconciled without another reason.</summary>
    public FluxDuration? Interval { get; init; }

    /// <summary>The policies that take part; all of the namespace when absent.</summary>
    public LabelSelector? PolicySelector { get; init; }

    /// <summary>The source.</summary>
    public ImageUpdateAutomationSourceReference? SourceRef { get; init; }

    /// <summary>Leave the object alone until this is taken away.</summary>
    public bool? Suspend { get; init; }

    /// <summary>Where and how files are changed.</summary>
    public ImageUpdateAutomationUpdate? Update { get; init; }

    internal static ImageUpdateAutomationSpec ReadFields(FieldReader f) => new()
    {
        Git = f.Object("git", "How changes are committed and pushed.", ImageUpdateAutomationGit.ReadFields),
        Interval = f.Duration("interval", "How often the object is reconciled without another reason.", IntervalRules),
        PolicySelector = f.Object("policySelector", "The policies that take part; all of the namespace when absent.", LabelSelector.ReadFields),
        SourceRef = f.Object("sourceRef", "The source.", ImageUpdateAutomationSourceReference.ReadFields, FieldRules.Required),
        Suspend = f.Bool("suspend", "Leave the object alone until this is taken away."),
        Update = f.Object("update", "Where and how files are changed.", ImageUpdateAutomationUpdate.ReadFields, UpdateRules),
    };

    internal MapValue WriteFields() => new FieldWriter()
        .Add("git", Git?.WriteFields())
        .Add("interval", Interval)
        .Add("policySelector", PolicySelector?.WriteFields())
        .Add("sourceRef", SourceRef?.WriteFields())
        .Add("suspend", Suspend)
        .Add("update", Update?.WriteFields())
        .Map;
}
