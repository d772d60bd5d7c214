using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Weir.Values;

/// <summary>
/// A semantic version as Masterminds/semver v3.5 reads it. Order and equality follow the specification: build metadata
/// counts for nothing, and a pre-release comes before its release.
/// </summary>
public sealed class SemanticVersion : IComparable<SemanticVersion>, IEquatable<SemanticVersion>
{
    private const string Invalid = "invalid semantic version";
    private const string InvalidCharacters = "invalid characters in version";
    private const string SegmentStartsZero = "version segment starts with 0";
    private const string InvalidMetadata = "invalid metadata string";
    private const string InvalidPrerelease = "invalid prerelease string";

    private string? _text;

    public SemanticVersion(ulong major, ulong minor, ulong patch, string prerelease = "", string metadata = "")
        : this(major, minor, patch, prerelease, metadata, null)
    {
    }

    private SemanticVersion(ulong major, ulong minor, ulong patch, string prerelease, string metadata, string? original)
    {
        Major = major;
        Minor = minor;
        Patch = patch;
        Prerelease = prerelease;
        Metadata = metadata;
        Original = original ?? ToString();
    }

    public ulong Major { get; }

    public ulong Minor { get; }

    public ulong Patch { get; }

    /// <summary>The part after <c>-</c>; empty for a release.</summary>
    public string Prerelease { get; }

    /// <summary>The part after <c>+</c>; empty when there is none.</summary>
    public string Metadata { get; }

    /// <summary>The text that was read, with its <c>v</c> and without what was filled in.</summary>
    public string Original { get; }

    public bool IsPrerelease => Prerelease.Length > 0;

    public static bool operator ==(SemanticVersion? left, SemanticVersion? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(SemanticVersion? left, SemanticVersion? right) => !(left == right);

    public static bool operator <(SemanticVersion? left, SemanticVersion? right) => left is null ? right is not null : left.CompareTo(right) < 0;

    public static bool operator <=(SemanticVersion? left, SemanticVersion? right) => left is null || left.CompareTo(right) <= 0;

    public static bool operator >(SemanticVersion? left, SemanticVersion? right) => right < left;

    public static bool operator >=(SemanticVersion? left, SemanticVersion? right) => right <= left;

    /// <summary>Reads <c>v1</c>, <c>1.2</c> and <c>01.2.3-rc.1+x</c> as Go's <c>semver.NewVersion</c> does: what is missing is 0.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out SemanticVersion? version) => TryParse(text, out version, out _);

    /// <inheritdoc cref="TryParse(string, out SemanticVersion?)"/>
    public static bool TryParse(
        string text,
        [NotNullWhen(true)] out SemanticVersion? version,
        [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        version = null;
        Span<ulong> numbers = stackalloc ulong[3];
        var rest = text.AsSpan();
        if (rest.StartsWith("v"))
        {
            rest = rest[1..];
        }

        string? rangeError = null;
        for (var i = 0; i < 3; i++)
        {
            if (i > 0)
            {
                if (rest.Length < 2 || rest[0] != '.' || !char.IsAsciiDigit(rest[1]))
                {
                    break;
                }

                rest = rest[1..];
            }

            var digits = CountDigits(rest);
            if (digits == 0)
            {
                error = Invalid;
                return false;
            }

            if (!ulong.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
            {
                rangeError ??= $"error parsing version segment: {OutOfRange(rest[..digits])}";
            }

            rest = rest[digits..];
        }

        var prerelease = TakePart(ref rest, '-');
        var metadata = TakePart(ref rest, '+');
        if (!rest.IsEmpty)
        {
            error = Invalid;
            return false;
        }

        error = rangeError ?? PrereleaseError(prerelease);
        if (error is not null)
        {
            return false;
        }

        version = new SemanticVersion(numbers[0], numbers[1], numbers[2], prerelease, metadata, text);
        return true;
    }

    /// <summary>Reads only what the specification allows: three numbers without leading zeros and no <c>v</c>.</summary>
    public static bool TryParseStrict(string text, [NotNullWhen(true)] out SemanticVersion? version) => TryParseStrict(text, out version, out _);

    /// <inheritdoc cref="TryParseStrict(string, out SemanticVersion?)"/>
    public static bool TryParseStrict(
        string text,
        [NotNullWhen(true)] out SemanticVersion? version,
        [NotNullWhen(false)] out string? error)
    {
        ArgumentNullException.ThrowIfNull(text);
        version = null;
        if (text.Length == 0)
        {
            error = "version string empty";
            return false;
        }

        var parts = text.Split('.', 3);
        if (parts.Length != 3)
        {
            error = Invalid;
            return false;
        }

        var metadata = CutFrom(ref parts[2], '+');
        var prerelease = CutFrom(ref parts[2], '-');
        error = (metadata is null ? null : MetadataError(metadata)) ?? (prerelease is null ? null : PrereleaseError(prerelease, allowEmpty: false));
        Span<ulong> numbers = stackalloc ulong[3];
        for (var i = 0; i < 3 && error is null; i++)
        {
            error = SegmentError(parts[i]);
        }

        for (var i = 0; i < 3 && error is null; i++)
        {
            if (!ulong.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out numbers[i]))
            {
                error = parts[i].Length == 0 ? "strconv.ParseUint: parsing \"\": invalid syntax" : OutOfRange(parts[i]);
            }
        }

        if (error is not null)
        {
            return false;
        }

        version = new SemanticVersion(numbers[0], numbers[1], numbers[2], prerelease ?? "", metadata ?? "", text);
        return true;
    }

    public int CompareTo(SemanticVersion? other)
    {
        if (other is null)
        {
            return 1;
        }

        var order = Major.CompareTo(other.Major);
        order = order != 0 ? order : Minor.CompareTo(other.Minor);
        order = order != 0 ? order : Patch.CompareTo(other.Patch);
        if (order != 0)
        {
            return order;
        }

        return (IsPrerelease, other.IsPrerelease) switch
        {
            (false, false) => 0,
            (false, true) => 1,
            (true, false) => -1,
            _ => ComparePrerelease(Prerelease, other.Prerelease),
        };
    }

    public bool Equals(SemanticVersion? other) => other is not null && CompareTo(other) == 0;

    public override bool Equals(object? obj) => Equals(obj as SemanticVersion);

    public override int GetHashCode() => HashCode.Combine(Major, Minor, Patch);

    /// <summary>The version in full, without a leading <c>v</c>.</summary>
    public override string ToString() => _text ??= string.Create(
        CultureInfo.InvariantCulture,
        $"{Major}.{Minor}.{Patch}{(IsPrerelease ? "-" : "")}{Prerelease}{(Metadata.Length > 0 ? "+" : "")}{Metadata}");

    internal static int ComparePrerelease(string left, string right)
    {
        var (a, b) = (left.Split('.'), right.Split('.'));
        for (var i = 0; i < Math.Max(a.Length, b.Length); i++)
        {
            var order = CompareIdentifier(i < a.Length ? a[i] : "", i < b.Length ? b[i] : "");
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    /// <summary>The length of dot-separated identifiers at the start, or 0.</summary>
    internal static int IdentifiersLength(ReadOnlySpan<char> text)
    {
        var i = 0;
        while (i < text.Length)
        {
            if (!IsIdentifierCharacter(text[i]) && !(text[i] == '.' && i > 0 && i + 1 < text.Length && text[i - 1] != '.' && IsIdentifierCharacter(text[i + 1])))
            {
                break;
            }

            i++;
        }

        return i;
    }

    private static int CompareIdentifier(string left, string right)
    {
        if (left == right)
        {
            return 0;
        }

        if (left.Length == 0 || right.Length == 0)
        {
            return left.Length == 0 ? -1 : 1;
        }

        var leftIsNumber = ulong.TryParse(left, NumberStyles.None, CultureInfo.InvariantCulture, out var a);
        var rightIsNumber = ulong.TryParse(right, NumberStyles.None, CultureInfo.InvariantCulture, out var b);
        return (leftIsNumber, rightIsNumber) switch
        {
            (true, true) => a > b ? 1 : -1,
            (true, false) => -1,
            (false, true) => 1,
            _ => string.CompareOrdinal(left, right) > 0 ? 1 : -1,
        };
    }

    private static int CountDigits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }

    private static string TakePart(ref ReadOnlySpan<char> rest, char mark)
    {
        if (rest.IsEmpty || rest[0] != mark)
        {
            return "";
        }

        var length = IdentifiersLength(rest[1..]);
        if (length == 0)
        {
            return "";
        }

        var part = rest[1..(length + 1)].ToString();
        rest = rest[(length + 1)..];
        return part;
    }

    private static string? CutFrom(ref string text, char mark)
    {
        var at = text.IndexOf(mark, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var tail = text[(at + 1)..];
        text = text[..at];
        return tail;
    }

    private static string? SegmentError(string segment)
    {
        if (CountDigits(segment) != segment.Length)
        {
            return InvalidCharacters;
        }

        return segment.Length > 1 && segment[0] == '0' ? SegmentStartsZero : null;
    }

    private static string? PrereleaseError(string prerelease, bool allowEmpty = true)
    {
        if (prerelease.Length == 0 && allowEmpty)
        {
            return null;
        }

        foreach (var part in prerelease.Split('.'))
        {
            if (part.Length == 0 || !IsIdentifier(part))
            {
                return InvalidPrerelease;
            }

            if (part.Length > 1 && part[0] == '0' && CountDigits(part) == part.Length)
            {
                return SegmentStartsZero;
            }
        }

        return null;
    }

    private static string? MetadataError(string metadata)
    {
        foreach (var part in metadata.Split('.'))
        {
            if (part.Length == 0 || !IsIdentifier(part))
            {
                return InvalidMetadata;
            }
        }

        return null;
    }

    private static bool IsIdentifier(string part)
    {
        foreach (var c in part)
        {
            if (!IsIdentifierCharacter(c))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsIdentifierCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c == '-';

    private static string OutOfRange(ReadOnlySpan<char> digits) => $"strconv.ParseUint: parsing \"{digits}\": value out of range";
}
