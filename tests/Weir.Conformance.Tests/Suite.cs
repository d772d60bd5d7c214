using System.Text;

namespace Weir.Conformance.Tests;

/// <summary>
/// Counts the cases of one suite. A case that differs must stand in the suite's list of known differences
/// (<c>id: reason</c> a line), and a case that stands there must differ.
/// </summary>
internal sealed class Suite
{
    private readonly string _name;
    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);
    private readonly StringBuilder _failures = new();
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private int _passed;
    private int _failed;
    private int _skipped;

    /// <param name="name">What the closing line calls the suite.</param>
    /// <param name="knownDifferences">A file; absent means that nothing may differ.</param>
    public Suite(string name, string knownDifferences)
    {
        _name = name;
        if (!File.Exists(knownDifferences))
        {
            return;
        }

        foreach (var line in File.ReadLines(knownDifferences))
        {
            var end = line.IndexOf(": ", StringComparison.Ordinal);
            if (end > 0 && line[0] != '#')
            {
                _known.Add(line[..end], line[(end + 2)..]);
            }
        }
    }

    /// <summary>Runs a case, which answers what differs or <see langword="null"/>.</summary>
    public void Run(string id, Func<string?> run)
    {
        _seen.Add(id);
        string? difference;
        try
        {
            difference = run();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            difference = $"threw {e}";
        }

        if (difference is null && !_known.ContainsKey(id))
        {
            _passed++;
        }
        else if (difference is null)
        {
            Fail(id, "agrees now: delete its line from the known differences");
        }
        else if (_known.ContainsKey(id))
        {
            _skipped++;
        }
        else
        {
            Fail(id, difference);
        }
    }

    /// <summary>Counts a case that cannot be run here.</summary>
    public void Skip(string id)
    {
        _seen.Add(id);
        _skipped++;
    }

    /// <summary>Prints the closing line and fails the test when a case failed.</summary>
    public void Finish()
    {
        TestContext.Current.SendDiagnosticMessage($"{_name}: {_passed} passed, {_failed} failed, {_skipped} skipped");
        Console.WriteLine($"{_name}: {_passed} passed, {_failed} failed, {_skipped} skipped");
        Assert.True(_failed == 0, _failures.ToString());
    }

    private void Fail(string id, string difference)
    {
        _failed++;
        _failures.Append(id).Append(": ").AppendLine(difference);
    }
}
