using Weir.Values;

namespace Weir.Cel;

/// <summary>A named format of texts.</summary>
public sealed class CelFormat : CelValue
{
    private readonly Func<string, IReadOnlyList<string>> _check;

    internal CelFormat(string name, int regexSize, Func<string, IReadOnlyList<string>> check)
    {
        Name = name;
        RegexSize = regexSize;
        _check = check;
    }

    internal static CelType FormatType { get; } = CelType.Object("kubernetes.NamedFormat");

    public string Name { get; }

    public override CelType Type => FormatType;

    public override bool ComparesOwnTypeOnly => true;

    /// <summary>How long a regular expression for the format is, by which costs are counted.</summary>
    internal int RegexSize { get; }

    /// <summary>What is wrong with a text; empty when nothing is.</summary>
    public IReadOnlyList<string> Check(string text) => _check(text);

    public override bool Equals(Value? other) => other is CelFormat f && f.Name == Name;

    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Name;
}
