using System.Text;

namespace Weir.Values;

/// <summary>Unicode simple case folding: which characters are the same under <c>(?i)</c>.</summary>
internal static class RegexFolding
{
    private const int FirstFolding = 'A';
    private const int LastFolding = 0x1E943;
    private const int LongS = 0x17F;
    private const int Kelvin = 0x212A;
    private const int Angstrom = 0x212B;

    private static readonly Lazy<Dictionary<int, int[]>> Orbits = new(FindOrbits);

    /// <summary>Adds every character that folds together with one of the range.</summary>
    public static void AddEquivalents(RegexClassBuilder builder, int first, int last)
    {
        if (first <= FirstFolding && last >= LastFolding)
        {
            return;
        }

        if (last < 128)
        {
            for (var c = first; c <= last; c++)
            {
                AddAscii(builder, c);
            }

            return;
        }

        var orbits = Orbits.Value;
        for (var c = Math.Max(first, FirstFolding); c <= Math.Min(last, LastFolding); c++)
        {
            if (orbits.TryGetValue(c, out var orbit))
            {
                foreach (var other in orbit)
                {
                    builder.Add(other, other);
                }
            }
        }
    }

    private static void AddAscii(RegexClassBuilder builder, int c)
    {
        if (!char.IsAsciiLetter((char)c))
        {
            return;
        }

        builder.Add(c ^ 0x20, c ^ 0x20);
        if ((c | 0x20) == 'k')
        {
            builder.Add(Kelvin, Kelvin);
        }
        else if ((c | 0x20) == 's')
        {
            builder.Add(LongS, LongS);
        }
    }

    private static Dictionary<int, int[]> FindOrbits()
    {
        var members = new Dictionary<int, List<int>>();
        for (var c = FirstFolding; c <= LastFolding; c++)
        {
            if (Rune.IsValid(c) && Canonical(c) is var canonical && canonical != c)
            {
                if (!members.TryGetValue(canonical, out var list))
                {
                    members.Add(canonical, list = [canonical]);
                }

                list.Add(c);
            }
        }

        var orbits = new Dictionary<int, int[]>();
        foreach (var list in members.Values)
        {
            int[] orbit = [.. list];
            foreach (var c in orbit)
            {
                orbits[c] = orbit;
            }
        }

        return orbits;
    }

    private static int Canonical(int c) => c switch
    {
        LongS => 's',
        Kelvin => 'k',
        Angstrom => 0xE5,
        0x130 or 0x131 => c,
        _ => Rune.ToLowerInvariant(Rune.ToUpperInvariant(new Rune(c))).Value,
    };
}
