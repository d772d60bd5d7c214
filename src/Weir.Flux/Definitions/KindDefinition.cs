using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Flux;

/// <summary>A kind of Flux: its names, its columns, and the CustomResourceDefinition generated from its record.</summary>
public sealed class KindDefinition
{
    private readonly Lazy<MapValue> _schema;

    internal KindDefinition(
        GroupVersionKind kind,
        string plural,
        string[] shortNames,
        string category,
        PrinterColumn[] columns,
        bool hasStatus,
        Func<MapValue> schema)
    {
        Kind = kind;
        Plural = plural;
        ShortNames = shortNames;
        Category = category;
        Columns = columns;
        HasStatus = hasStatus;
        _schema = new(schema);
    }

    public GroupVersionKind Kind { get; }

    public string Plural { get; }

    public IReadOnlyList<string> ShortNames { get; }

    /// <summary>The category beside <c>all</c> and <c>fluxcd</c>, such as <c>fluxcd-sources</c>.</summary>
    public string Category { get; }

    public IReadOnlyList<PrinterColumn> Columns { get; }

    /// <summary>Whether the kind has a status subresource.</summary>
    public bool HasStatus { get; }

    /// <summary>The OpenAPI schema. It is shared: clone it before changing it.</summary>
    public MapValue Schema => _schema.Value;

    /// <summary>A new CustomResourceDefinition object.</summary>
    public MapValue ToCustomResourceDefinition()
    {
        var singular = Kind.Kind.ToLowerInvariant();
        var names = new MapValue
        {
            ["categories"] = List(["all", "fluxcd", Category]),
            ["kind"] = Kind.Kind,
            ["listKind"] = Kind.Kind + "List",
            ["plural"] = Plural,
        };
        if (ShortNames.Count > 0)
        {
            names["shortNames"] = List(ShortNames);
        }

        names["singular"] = singular;
        var columns = new ListValue();
        foreach (var column in Columns)
        {
            columns.Add(column.ToValue());
        }

        var version = new MapValue
        {
            ["additionalPrinterColumns"] = columns,
            ["name"] = Kind.Version,
            ["schema"] = new MapValue { ["openAPIV3Schema"] = Schema.DeepClone() },
            ["served"] = true,
            ["storage"] = true,
            ["subresources"] = HasStatus ? new MapValue { ["status"] = new MapValue() } : new MapValue(),
        };
        return new()
        {
            ["apiVersion"] = "apiextensions.k8s.io/v1",
            ["kind"] = "CustomResourceDefinition",
            ["metadata"] = new MapValue
            {
                // A substitution in the Kustomization that installs these must not touch the patterns of the schema.
                ["annotations"] = new MapValue { ["kustomize.toolkit.fluxcd.io/substitute"] = "disabled" },
                ["labels"] = new MapValue { ["app.kubernetes.io/part-of"] = "flux" },
                ["name"] = $"{Plural}.{Kind.Group}",
            },
            ["spec"] = new MapValue
            {
                ["group"] = Kind.Group,
                ["names"] = names,
                ["scope"] = "Namespaced",
                ["versions"] = new ListValue([version]),
            },
        };
    }

    internal static MapValue ObjectSchema(string description, MapValue spec, MapValue? status, bool hasStatusDefault)
    {
        var properties = new MapValue
        {
            ["apiVersion"] = new MapValue { ["type"] = "string" },
            ["kind"] = new MapValue { ["type"] = "string" },
            ["metadata"] = new MapValue { ["type"] = "object" },
            ["spec"] = spec,
        };
        if (status is not null)
        {
            if (hasStatusDefault)
            {
                status["default"] = new MapValue { ["observedGeneration"] = -1 };
            }

            properties["status"] = status;
        }

        return new() { ["description"] = description, ["type"] = "object", ["properties"] = properties };
    }

    private static ListValue List(IEnumerable<string> items)
    {
        var list = new ListValue();
        foreach (var item in items)
        {
            list.Add(item);
        }

        return list;
    }
}
