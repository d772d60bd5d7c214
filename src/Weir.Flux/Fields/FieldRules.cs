using System.Text.RegularExpressions;

namespace Weir.Flux;

/// <summary>What the API server checks about one field, and the value it fills in when the field is absent.</summary>
internal sealed record FieldRules
{
    public const string DurationPattern = @"^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$";

    /// <summary>Durations without hours.</summary>
    public const string ShortDurationPattern = @"^([0-9]+(\.[0-9]+)?(ms|s|m))+$";

    private Regex? _matcher;

    public static FieldRules None { get; } = new();

    public static FieldRules Required { get; } = new() { IsRequired = true };

    public bool IsRequired { get; init; }

    public Values.Value? Default { get; init; }

    public string[] OneOf { get; init; } = [];

    public string? Pattern { get; init; }

    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    public int? MinItems { get; init; }

    public int? MaxItems { get; init; }

    public string? ListType { get; init; }

    public string? ListMapKey { get; init; }

    /// <summary>For lists: what each item must be one of.</summary>
    public string[] ItemsOneOf { get; init; } = [];

    /// <summary>The pattern ready to run; it runs in linear time.</summary>
    public Regex Matcher => _matcher ??= new(Pattern ?? "", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
}
