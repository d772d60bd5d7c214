using System.Globalization;

namespace Weir.Cli.Getting;

/// <summary>Prints cells as flux does: padded to the width of their column, a tab after each.</summary>
internal static class TextTable
{
    public static void Print(TextWriter output, IReadOnlyList<string> header, IReadOnlyList<IReadOnlyList<string>> rows, bool withHeader = true)
    {
        var widths = header
            .Select((title, i) => rows.Select(r => new StringInfo(r[i]).LengthInTextElements).Append(withHeader ? title.Length : 0).Max())
            .ToList();
        if (withHeader)
        {
            output.WriteLine(string.Join('\t', header.Select((title, i) => title.PadRight(widths[i]))) + " ");
        }

        foreach (var row in rows)
        {
            output.WriteLine(string.Concat(row.Select((cell, i) => cell.PadRight(widths[i]) + "\t")));
        }
    }
}
