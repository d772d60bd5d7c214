using System.Globalization;

namespace Weir.ApiServer.Resources;

/// <summary>Kubernetes' order of versions: v2, v1, v2beta1, v1beta2, v1alpha1, then others by name.</summary>
internal static class VersionPriority
{
    public static int Compare(string left, string right)
    {
        var (a, b) = (Parse(left), Parse(right));
        if (a is null || b is null)
        {
            return a is not null ? -1 : b is not null ? 1 : string.CompareOrdinal(left, right);
        }

        var (x, y) = (a.Value, b.Value);
        return x.Stage != y.Stage ? y.Stage - x.Stage : x.Major != y.Major ? y.Major.CompareTo(x.Major) : y.Minor.CompareTo(x.Minor);
    }

    private static (int Stage, int Major, int Minor)? Parse(string version)
    {
        if (version.Length < 2 || version[0] != 'v')
        {
            return null;
        }

        var rest = version.AsSpan(1);
        var digits = rest.IndexOfAnyExceptInRange('0', '9');
        if (digits < 0)
        {
            return Number(rest, out var major) ? (3, major, 0) : null;
        }

        if (digits == 0 || !Number(rest[..digits], out var first))
        {
            return null;
        }

        var word = rest[digits..];
        var (stage, length) = word.StartsWith("beta") ? (2, 4) : word.StartsWith("alpha") ? (1, 5) : (0, 0);
        return stage > 0 && Number(word[length..], out var second) ? (stage, first, second) : null;
    }

    private static bool Number(ReadOnlySpan<char> text, out int number)
    {
        number = 0;
        return text.Length > 0 && text[0] != '0' && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
