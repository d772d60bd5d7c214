namespace Weir.Cli.Getting;

/// <summary>Prints rows as <c>flux get</c> does.</summary>
internal static class FluxTable
{
    public static void Print(TextWriter output, IReadOnlyList<FluxRow> rows, bool withNamespace, bool withKind, bool withHeader)
    {
        List<string> header = ["NAME", "REVISION", "SUSPENDED", "READY", "MESSAGE"];
        if (withNamespace)
        {
            header.Insert(0, "NAMESPACE");
        }

        TextTable.Print(output, header, [.. rows.Select(r => Cells(r, withNamespace, withKind))], withHeader);
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
