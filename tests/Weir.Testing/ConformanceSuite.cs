using System.Globalization;
using System.Text;

namespace Weir.Testing;

/// <summary>
/// Counts how many recorded cases agree. A known difference is a line <c>case id | reason</c> in a file beside the suite;
/// a listed case that agrees fails the suite until its line is deleted.
/// </summary>
public sealed class ConformanceSuite
{
    private readonly string _name;
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly StringBuilder _failures = new();
    private int _passed;
    private int _failed;
    private int _skipped;
    private int _differing;

    /// <summary>A suite with the known differences of this file, if there is one.</summary>
    public ConformanceSuite(string name, string knownDifferencesFile)
    {
        _name = name;
        if (!File.Exists(knownDifferencesFile))
        {
            return;
        }

        foreach (var line in File.ReadLines(knownDifferencesFile))
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            var bar = line.LastIndexOf(" | ", StringComparison.Ordinal);
            if (bar < 0 || string.IsNullOrWhiteSpace(line[(bar + 3)..]))
            {
                throw new FormatException($"{knownDifferencesFile}: '{line}' has no reason.");
            }

            _known.Add(line[..bar], line[(bar + 3)..]);
        }
    }

    /// <summary>True when no case failed and no listed case agreed.</summary>
    public bool IsGreen => _failed == 0;

    /// <summary>What failed, a few lines a case.</summary>
    public string Failures => _failures.ToString();

    /// <summary>The line that every suite prints.</summary>
    public string Summary => string.Create(
        CultureInfo.InvariantCulture,
        $"{_name}: {_passed} passed, {_failed} failed, {_skipped} skipped, {_differing} known differences");

    /// <summary>Takes one case: <see langword="null"/> when it agrees, else how it differs.</summary>
    public void Take(string id, Func<string?> compare)
    {
        string? difference;
        try
        {
            difference = compare();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            difference = e.ToString();
        }

        _seen.Add(id);
        var isKnown = _known.ContainsKey(id);
        if (difference is null && !isKnown)
        {
            _passed++;
        }
        else if (difference is not null && isKnown)
        {
            _differing++;
        }
        else
        {
            _failed++;
            _failures.Append(id).Append(": ").AppendLine(difference ?? "agrees; delete its line from the known differences");
        }
    }

    /// <summary>Counts a case that cannot be run here.</summary>
    public void Skip(string id)
    {
        _seen.Add(id);
        _skipped++;
    }
}
