using Weir.Values;

namespace Weir.Flux;

/// <summary>What a ImagePolicy asks for.</summary>
public sealed record ImagePolicySpec
{
    private static readonly FieldRules DigestReflectionPolicyRules = new() { Default = "Never", OneOf = ["Always", "IfNotPresent", "Never"] };
    private static readonly FieldRules IntervalRules = new() { Pattern = FieldRules.DurationPattern };

    /// <summary>When the digest of the chosen tag is looked up.</summary>
    public string? DigestReflectionPolicy { get; init; }

    /// <summary>Which tags are looked at.</summary>
    public ImagePolicyFilterTags? FilterTags { get; init; }

    /// <summary>The repository that was scanned.</summary>
    public ImagePolicyImageRepositoryRef? ImageRepositoryRef { get; init; }

    /// <summary>How often the object is reconciled without another reason.</summary>
    public FluxDuration? Interval { get; init; }

    /// <summary>How the newest image is chosen.</summary>
    public ImagePolicyPolicy? Policy { get; init; }

    /// <summary>Leave the object alone until this is taken away.</summary>
    public bool? Suspend { get; init; }

    internal static ImagePolicySpec ReadFields(FieldReader f)
    {
        f.Rule("!has(self.interval) || (has(self.digestReflectionPolicy) && self.digestReflectionPolicy == 'Always')", "spec.interval is only accepted when spec.digestReflectionPolicy is set to 'Always'");
        f.Rule("has(self.interval) || !has(self.digestReflectionPolicy) || self.digestReflectionPolicy != 'Always'", "spec.interval must be set when spec.digestReflectionPolicy is set to 'Always'");
        return new()
        {
            DigestReflectionPolicy = f.String("digestReflectionPolicy", "When the digest of the chosen tag is looked up.", DigestReflectionPolicyRules),
            FilterTags = f.Object("filterTags", "Which tags are looked at.", ImagePolicyFilterTags.ReadFields),
            ImageRepositoryRef = f.Object("imageRepositoryRef", "The repository that was scanned.", ImagePolicyImageRepositoryRef.ReadFields, FieldRules.Required),
            Interval = f.Duration("interval", "How often the object is reconciled without another reason.", IntervalRules),
            Policy = f.Object("policy", "How the newest image is chosen.", ImagePolicyPolicy.ReadFields, FieldRules.Required),
            Suspend = f.Bool("suspend", "Leave the object alone until this is taken away."),
        };
    }

    internal MapValue WriteFields() => new FieldWriter()
        .Add("digestReflectionPolicy", DigestReflectionPolicy)
        .Add("filterTags", FilterTags?.WriteFields())
        .Add("imageRepositoryRef", ImageRepositoryRef?.WriteFields())
        .Add("interval", Interval)
        .Add("policy", Policy?.WriteFields())
        .Add("suspend", Suspend)
        .Map;
}
