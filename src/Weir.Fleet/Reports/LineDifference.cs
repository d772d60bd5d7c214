namespace Weir.Fleet;

/// <summary>
/// The lines that differ between two texts: as few as there can be (Myers, "An O(ND) Difference Algorithm", 1986), found
/// between the lines that both texts have. Texts that have next to nothing in common are replaced as a whole, so that large
/// ones cost no minutes.
/// </summary>
internal static class LineDifference
{
    /// <summary>The line that a text without a line break at its end has more than one with it.</summary>
    public const string NoLineBreak = "\\ no line break at the end";

    private const int MostEdits = 2_000;

    /// <summary>All lines in order, each with a space, <c>-</c> or <c>+</c>.</summary>
    public static List<(char Kind, string Text)> Of(string before, string after)
    {
        var isMarked = before.Length > 0 && after.Length > 0 && before.EndsWith('\n') != after.EndsWith('\n');
        var (a, b) = (Lines(before, isMarked), Lines(after, isMarked));
        var start = 0;
        while (start < a.Count && start < b.Count && a[start] == b[start])
        {
            start++;
        }

        var (endA, endB) = (a.Count, b.Count);
        while (endA > start && endB > start && a[endA - 1] == b[endB - 1])
        {
            (endA, endB) = (endA - 1, endB - 1);
        }

        var result = new List<(char, string)>(a.Count + b.Count - start);
        var (i, j) = (0, 0);
        Same(start);
        foreach (var (x, y) in Matches(a, b, start, endA, endB))
        {
            Different(x, y);
            Same(1);
        }

        Different(endA, endB);
        Same(a.Count - endA);
        return result;

        void Same(int count)
        {
            for (; count > 0; count--, i++, j++)
            {
                result.Add((' ', a[i]));
            }
        }

        void Different(int toA, int toB)
        {
            for (; i < toA; i++)
            {
                result.Add(('-', a[i]));
            }

            for (; j < toB; j++)
            {
                result.Add(('+', b[j]));
            }
        }
    }

    private static List<string> Lines(string text, bool isMarked)
    {
        if (text.Length == 0)
        {
            return [];
        }

        var lines = text.Split('\n').ToList();
        if (lines[^1].Length == 0)
        {
            lines.RemoveAt(lines.Count - 1);
        }
        else if (isMarked)
        {
            lines.Add(NoLineBreak);
        }

        return lines;
    }

    /// <summary>The pairs of lines that stay, in order. A line that the other text does not have cannot stay, so it is left out of the search.</summary>
    private static List<(int A, int B)> Matches(List<string> a, List<string> b, int start, int endA, int endB)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = start; i < endA; i++)
        {
            ids.TryAdd(a[i], ids.Count);
        }

        var placesB = new List<int>();
        var idsB = new List<int>();
        var isShared = new bool[ids.Count];
        for (var j = start; j < endB; j++)
        {
            if (ids.TryGetValue(b[j], out var id))
            {
                isShared[id] = true;
                placesB.Add(j);
                idsB.Add(id);
            }
        }

        var placesA = new List<int>();
        var idsA = new List<int>();
        for (var i = start; i < endA; i++)
        {
            if (isShared[ids[a[i]]])
            {
                placesA.Add(i);
                idsA.Add(ids[a[i]]);
            }
        }

        var pairs = Search(idsA, idsB);
        return pairs.ConvertAll(p => (placesA[p.A], placesB[p.B]));
    }

    private static List<(int A, int B)> Search(List<int> a, List<int> b)
    {
        // reached[k] is how far of a the diagonal k (a's place less b's) is reached with d edits; steps keep it for the way back.
        var most = Math.Min(a.Count + b.Count, MostEdits);
        var reached = new int[(2 * most) + 3];
        var steps = new List<int[]>();
        var middle = most + 1;
        for (var d = 0; d <= most; d++)
        {
            steps.Add(reached[(middle - d)..(middle + d + 1)]);
            for (var k = -d; k <= d; k += 2)
            {
                var x = k == -d || (k != d && reached[middle + k - 1] < reached[middle + k + 1]) ? reached[middle + k + 1] : reached[middle + k - 1] + 1;
                while (x < a.Count && x - k < b.Count && a[x] == b[x - k])
                {
                    x++;
                }

                reached[middle + k] = x;
                if (x >= a.Count && x - k >= b.Count)
                {
                    return WayBack(steps, a.Count, b.Count, d);
                }
            }
        }

        return [];
    }

    private static List<(int A, int B)> WayBack(List<int[]> steps, int x, int y, int edits)
    {
        var pairs = new List<(int, int)>();
        for (var d = edits; d >= 0; d--)
        {
            // The step holds the diagonals -d to d of the round before.
            var k = x - y;
            var isDown = d > 0 && (k == -d || (k != d && steps[d][k - 1 + d] < steps[d][k + 1 + d]));
            var fromK = isDown ? k + 1 : k - 1;
            var fromX = d == 0 ? 0 : steps[d][fromK + d];
            var entered = d == 0 || isDown ? fromX : fromX + 1;
            for (; x > entered; x--, y--)
            {
                pairs.Add((x - 1, y - 1));
            }

            (x, y) = (fromX, fromX - fromK);
        }

        pairs.Reverse();
        return pairs;
    }
}
