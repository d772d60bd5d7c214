using Weir.Values;

namespace Weir.Cel;

/// <summary>A version of three numbers, as semver.org writes it.</summary>
public sealed class CelSemanticVersion : CelValue
{
    private readonly string[] _preRelease;
    private readonly string _text;

    internal CelSemanticVersion(ulong major, ulong minor, ulong patch, string[] preRelease, string text)
    {
        (Major, Minor, Patch) = (major, minor, patch);
        _preRelease = preRelease;
        _text = text;
    }

    internal static CelType VersionType { get; } = CelType.Object("kubernetes.Semver");

    public ulong Major { get; }

    public ulong Minor { get; }

    public ulong Patch { get; }

    public override CelType Type => VersionType;

    public override bool Equals(Value? other) => other is CelSemanticVersion v && CompareTo(v) == 0;

    public override int GetHashCode() => HashCode.Combine(Major, Minor, Patch);

    public override Value ToPlain() => _text;

    public override string ToString() => _text;

    /// <summary>The order of semver.org: what follows a plus sign does not count.</summary>
    internal int CompareTo(CelSemanticVersion other)
    {
        var numbers = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        if (numbers != 0)
        {
            return numbers;
        }

        if (_preRelease.Length == 0 || other._preRelease.Length == 0)
        {
            return (_preRelease.Length == 0).CompareTo(other._preRelease.Length == 0);
        }

        for (var i = 0; i < _preRelease.Length && i < other._preRelease.Length; i++)
        {
            var part = Compare(_preRelease[i], other._preRelease[i]);
            if (part != 0)
            {
                return part;
            }
        }

        return _preRelease.Length.CompareTo(other._preRelease.Length);
    }

    private static int Compare(string left, string right)
    {
        var (isLeft, isRight) = (ulong.TryParse(left, out var a), ulong.TryParse(right, out var b));
        return (isLeft, isRight) switch
        {
            (true, true) => a.CompareTo(b),
            (false, false) => Math.Sign(string.CompareOrdinal(left, right)),
            _ => isLeft ? -1 : 1,
        };
    }
}
