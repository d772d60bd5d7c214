using System.Globalization;

namespace Weir.Kubernetes;

/// <summary>One requirement of a label selector. The values are sorted.</summary>
public sealed record LabelRequirement(string Key, SelectorOperator Operator, IReadOnlyList<string> Values)
{
    /// <summary>Whether an object with this value of the label (<see langword="null"/> without the label) meets it.</summary>
    public bool Matches(string? value) => Operator switch
    {
        SelectorOperator.In => value is not null && Values.Contains(value),
        SelectorOperator.NotIn => value is null || !Values.Contains(value),
        SelectorOperator.Exists => value is not null,
        SelectorOperator.DoesNotExist => value is null,
        SelectorOperator.GreaterThan => Number(value) is { } number && number > Number(Values[0]),
        _ => Number(value) is { } number && number < Number(Values[0]),
    };

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
}
