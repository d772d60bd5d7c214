using Weir.ApiServer.Reading;
using Weir.ApiServer.Requests;
using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.Values;

namespace Weir.ApiServer.Tables;

/// <summary>Turns objects into a <c>meta.k8s.io</c> Table.</summary>
internal static class TableWriter
{
    public static MapValue List(RequestContext context, ServedResource resource, ListPage page, string metaVersion, TimeProvider time)
    {
        var columns = KindColumns.For(resource);
        var include = Include(context);
        var rows = new ListValue(page.Items.Count);
        foreach (var item in page.Items)
        {
            rows.Add(Row(columns, resource.View.Value(item), include, metaVersion, time.GetUtcNow()));
        }

        var table = ListHandler.Head("Table", $"meta.k8s.io/{metaVersion}", page, isCustom: false);
        table["columnDefinitions"] = Definitions(columns);
        table["rows"] = rows;
        return table;
    }

    public static MapValue One(RequestContext context, ServedResource resource, StoredObject stored, string metaVersion, TimeProvider time) =>
        One(context, resource, resource.View.Value(stored), metaVersion, time);

    public static MapValue One(RequestContext context, ServedResource resource, MapValue value, string metaVersion, TimeProvider time) =>
        One(resource, value, Include(context), metaVersion, time, withColumns: true);

    /// <summary>A table of one row; a watch tells the columns only once.</summary>
    public static MapValue One(ServedResource resource, MapValue value, string include, string metaVersion, TimeProvider time, bool withColumns)
    {
        var columns = KindColumns.For(resource);
        var metadata = new MapValue();
        if (value.At("metadata", "resourceVersion") is { } version)
        {
            metadata["resourceVersion"] = version;
        }

        return new MapValue
        {
            ["kind"] = "Table",
            ["apiVersion"] = $"meta.k8s.io/{metaVersion}",
            ["metadata"] = metadata,
            ["columnDefinitions"] = withColumns ? Definitions(columns) : NullValue.Instance,
            ["rows"] = new ListValue { Row(columns, value, include, metaVersion, time.GetUtcNow()) },
        };
    }

    /// <summary>What stands beside the cells: Metadata, Object or None.</summary>
    public static string Include(RequestContext context) => context.Query("includeObject") switch
    {
        null or "" => "Metadata",
        "Metadata" or "Object" or "None" => context.Query("includeObject")!,
        var wrong => throw ApiStatus.BadRequest(
            $"Unable to convert to Table as requested: includeObject: Invalid value: {GoQuote.Quote(wrong)}: must be 'Metadata', 'Object', 'None', or empty").ToException(),
    };

    private static ListValue Definitions(IReadOnlyList<TableColumn> columns)
    {
        var list = new ListValue(columns.Count);
        foreach (var column in columns)
        {
            list.Add(column.ToValue());
        }

        return list;
    }

    private static MapValue Row(IReadOnlyList<TableColumn> columns, MapValue value, string include, string metaVersion, DateTimeOffset now)
    {
        var cells = new ListValue(columns.Count);
        foreach (var column in columns)
        {
            cells.Add(column.Cell(value, now));
        }

        return new MapValue
        {
            ["cells"] = cells,
            ["object"] = include switch
            {
                "None" => NullValue.Instance,
                "Object" => value,
                _ => PartialMetadata.Of(value, metaVersion),
            },
        };
    }
}
