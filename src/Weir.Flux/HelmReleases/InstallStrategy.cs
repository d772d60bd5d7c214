using Weir.Values;

namespace Weir.Flux;

/// <summary>How failures are dealt with.</summary>
public sealed record InstallStrategy
{
    private static readonly FieldRules NameRules = new() { IsRequired = true, OneOf = ["RemediateOnFailure", "RetryOnFailure"] };
    private static readonly FieldRules RetryIntervalRules = new() { Pattern = FieldRules.DurationPattern };

    /// <summary>The name of the strategy.</summary>
    public string Name { get; init; } = "";

    /// <summary>How long to wait before the next try.</summary>
    public FluxDuration? RetryInterval { get; init; }

    internal static InstallStrategy ReadFields(FieldReader f)
    {
        f.Rule("!has(self.retryInterval) || self.name != 'RemediateOnFailure'", ".retryInterval cannot be set when .name is 'RemediateOnFailure'");
        return new()
        {
            Name = f.String("name", "The name of the strategy.", NameRules) ?? "",
            RetryInterval = f.Duration("retryInterval", "How long to wait before the next try.", RetryIntervalRules),
        };
    }

    internal MapValue WriteFields() => new FieldWriter()
        .Add("name", Name)
        .Add("retryInterval", RetryInterval)
        .Map;
}
