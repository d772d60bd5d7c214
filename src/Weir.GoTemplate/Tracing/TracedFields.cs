namespace Weir.GoTemplate.Tracing;

/// <summary>A map made of known keys: the data that templates begin with, or what <c>dict</c> makes.</summary>
public sealed class TracedFields(string? name = null) : TracedValue
{
    private const int MaxDepth = 4;

    /// <summary>The values by key. Templates may add to it, as they do to maps.</summary>
    public Dictionary<string, TracedValue> Fields { get; } = new(StringComparer.Ordinal);

    internal override string Describe(int depth = 0)
    {
        if (name is not null)
        {
            return "#" + name;
        }

        return depth >= MaxDepth
            ? "{...}"
            : "{" + string.Join(',', Fields.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Key + ":" + f.Value.Describe(depth + 1))) + "}";
    }
}
