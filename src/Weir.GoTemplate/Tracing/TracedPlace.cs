namespace Weir.GoTemplate.Tracing;

/// <summary>A place in the data: keys from the top, with <see cref="Any"/> for each element of a list or map.</summary>
public sealed class TracedPlace : TracedValue
{
    /// <summary>The key that stands for every key and index.</summary>
    public const string Any = "*";

    public TracedPlace(params IReadOnlyList<string> keys)
    {
        Keys = keys;
        IsExact = !keys.Contains(Any);
    }

    public IReadOnlyList<string> Keys { get; }

    /// <summary>True when it is one place, not one for each element.</summary>
    public bool IsExact { get; }

    public TracedPlace Below(string key) => new([.. Keys, key]);

    public override string ToString() => string.Join('.', Keys);

    internal override string Describe(int depth = 0) => "@" + string.Join('\u001f', Keys);
}
