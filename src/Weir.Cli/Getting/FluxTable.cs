namespace Weir.Cli.Getting;

/// <summary>Prints rows as <c>flux get</c> does.</summary>
internal static class FluxTable
{
    public static void Print(TextWriter output, IReadOnlyList<FluxRow> rows, FluxColumns columns, bool withHeader = true)
    {
        List<string> header = [];
        if (columns.Namespace)
        {
            header.Add("NAMESPACE");
        }

        header.Add("NAME");
        if (columns.SourceFirst)
        {
            header.Add("SOURCE");
        }

        if (columns.Revision)
        {
            header.Add("REVISION");
        }

        header.Add(columns.SourceForSuspended ? "SOURCE" : "SUSPENDED");
        header.AddRange(["READY", "MESSAGE"]);
        TextTable.Print(output, header, [.. rows.Select(r => Cells(r, columns))], withHeader);
    }

    private static List<string> Cells(FluxRow row, FluxColumns columns)
    {
        List<string> cells = [];
        if (columns.Namespace)
        {
            cells.Add(row.Namespace);
        }

        cells.Add(columns.Kind ? $"{row.Kind.ToLowerInvariant()}/{row.Name}" : row.Name);
        if (columns.SourceFirst)
        {
            cells.Add(row.Source);
        }

        if (columns.Revision)
        {
            cells.Add(row.Revision);
        }

        cells.Add(columns.SourceForSuspended ? row.Source : row.Suspended ? "True" : "False");
        cells.AddRange([row.Ready, row.Message.ReplaceLineEndings(" ")]);
        return cells;
    }
}
