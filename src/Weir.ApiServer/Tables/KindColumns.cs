using Weir.ApiServer.Resources;
using Weir.Values;

namespace Weir.ApiServer.Tables;

/// <summary>The columns of each kind.</summary>
internal static class KindColumns
{
    public static IReadOnlyList<TableColumn> For(ServedResource resource)
    {
        _ = resource;
        return [Name, Age];
    }

    private static readonly TableColumn Name = new("Name", "string", "name", 0, ColumnTexts.Name, (o, _) => o.At("metadata", "name") ?? "");

    private static readonly TableColumn Age = new("Age", "string", "", 0, ColumnTexts.Created,
        (o, now) => HumanDuration.Since((o.At("metadata", "creationTimestamp") as StringValue)?.Value, now));
}
