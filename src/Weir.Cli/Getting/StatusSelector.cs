using Weir.Values;

namespace Weir.Cli.Getting;

/// <summary>A wanted condition: <c>type=status</c>, or <c>type!=status</c> for all others.</summary>
internal sealed record StatusSelector(string Type, string Status, bool IsNegated)
{
    /// <exception cref="CommandFailure">The text is no selector.</exception>
    public static StatusSelector Parse(string text)
    {
        var isNegated = text.Contains("!=", StringComparison.Ordinal);
        return text.Split(isNegated ? "!=" : "=", 2) is [var type, var status]
            ? new(type, status, isNegated)
            : throw new CommandFailure($"expected status selector in type=status or type!=status format, but found: {text}");
    }

    public bool Matches(MapValue value) => FluxRow.Matches(value, Type, Status) != IsNegated;
}
