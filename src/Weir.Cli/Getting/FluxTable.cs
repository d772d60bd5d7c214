using System.Globalization;

namespace Weir.Cli.Getting;

/// <summary>Prints rows as <c>flux get</c> does: cells padded to the width of their column, a tab after each.</summary>
internal static class FluxTable
{
    public static void Print(TextWriter output, IReadOnlyList<FluxRow> rows, bool withNamespace, bool withKind, bool withHeader)
    {
        List<string> header = ["NAME", "REVISION", "SUSPENDED", "READY", "MESSAGE"];
        if (withNamespace)
        {
            header.Insert(0, "NAMESPACE");
        }

        var cells = rows.Select(r => Cells(r, withNamespace, withKind)).ToList();
        var widths = header.Select((title, i) => cells.Select(c => new StringInfo(c[i]).LengthInTextElements).Append(withHeader ? title.Length : 0).Max()).ToList();
        if (withHeader)
        {
            output.WriteLine(string.Join('\t', header.Select((title, i) => title.PadRight(widths[i]))) + " ");
        }

        foreach (var row in cells)
        {
            output.WriteLine(string.Concat(row.Select((cell, i) => cell.PadRight(widths[i]) + "\t")));
        }
    }

    private static List<string> Cells(FluxRow row, bool withNamespace, bool withKind)
    {
        var name = withKind ? $"{row.Kind.ToLowerInvariant()}/{row.Name}" : row.Name;
        List<string> cells = [name, row.Revision, row.Suspended ? "True" : "False", row.Ready, row.Message.ReplaceLineEndings(" ")];
        if (withNamespace)
        {
            cells.Insert(0, row.Namespace);
        }

        return cells;
    }
}
