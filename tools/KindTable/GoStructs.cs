using System.Text.RegularExpressions;

namespace KindTable;

/// <summary>How Go writes the fields of each type: which are left out when empty, which are always there, and in which order.</summary>
internal sealed partial class GoStructs
{
    /// <summary>What becomes of a field that is absent or empty. Numbers are those of the table.</summary>
    internal enum Shape
    {
        /// <summary>Left out when it is zero, empty or null.</summary>
        OmitsEmpty = 0,

        /// <summary>A pointer: left out when it is null.</summary>
        OmitsNull = 1,

        /// <summary>A struct: an empty one when it is absent.</summary>
        AlwaysStruct = 2,

        /// <summary>A scalar: zero when it is absent.</summary>
        AlwaysScalar = 3,

        /// <summary>A list, map, pointer, time or raw value: null when it is absent.</summary>
        AlwaysNullable = 4,

        /// <summary>A struct that is left out when it is zero.</summary>
        OmitsZeroStruct = 5,
    }

    internal sealed record Field(string Json, Shape Shape, string GoType, int Order);

    private readonly Dictionary<string, string> _kinds = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(string Embedded, string Type, string Json, bool OmitEmpty, bool OmitZero)>> _structs = new(StringComparer.Ordinal);

    private readonly Dictionary<string, string> _aliases = new(StringComparer.Ordinal);

    public Dictionary<(string Type, string Field), Field> Fields { get; } = [];

    public static GoStructs Load(string sources)
    {
        var structs = new GoStructs();
        var folders = Directory.EnumerateFiles(sources, "*.go", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith("_test.go", StringComparison.Ordinal) && !Path.GetFileName(f).StartsWith("zz_generated", StringComparison.Ordinal)
                && !f.EndsWith(".pb.go", StringComparison.Ordinal) && !f.Contains("/testapigroup/", StringComparison.Ordinal))
            .GroupBy(f => Path.GetDirectoryName(f)!.Replace('\\', '/'));
        foreach (var folder in folders)
        {
            if (Package(folder.Key) is { } package)
            {
                foreach (var file in folder)
                {
                    structs.Scan(package, File.ReadAllLines(file));
                }
            }
        }

        foreach (var (name, target) in structs._aliases)
        {
            if (structs._structs.TryGetValue(target, out var fields))
            {
                structs._kinds[name] = "struct";
                structs._structs.TryAdd(name, fields);
            }
        }

        foreach (var name in structs._structs.Keys)
        {
            var order = 0;
            structs.Flatten(name, name, ref order);
        }

        return structs;
    }

    private static string? Package(string folder)
    {
        foreach (var (mark, name) in new[]
        {
            ("/apimachinery/pkg/apis/meta/v1", "io.k8s.apimachinery.pkg.apis.meta.v1"),
            ("/apimachinery/pkg/api/resource", "io.k8s.apimachinery.pkg.api.resource"),
            ("/apimachinery/pkg/util/intstr", "io.k8s.apimachinery.pkg.util.intstr"),
            ("/apimachinery/pkg/runtime", "io.k8s.apimachinery.pkg.runtime"),
            ("/apimachinery/pkg/types", "io.k8s.apimachinery.pkg.types"),
            ("/apimachinery/pkg/version", "io.k8s.apimachinery.pkg.version"),
            ("/apiextensions-apiserver/pkg/apis/apiextensions/v1", "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1"),
            ("/kube-aggregator/pkg/apis/apiregistration/v1", "io.k8s.kube-aggregator.pkg.apis.apiregistration.v1"),
        })
        {
            if (folder.EndsWith(mark, StringComparison.Ordinal))
            {
                return name;
            }
        }

        var match = ApiFolder().Match(folder);
        return match.Success ? $"io.k8s.api.{match.Groups[1].Value}.{match.Groups[2].Value}" : null;
    }

    private void Scan(string package, string[] lines)
    {
        var aliases = new Dictionary<string, string>(StringComparer.Ordinal);
        string? type = null;
        foreach (var line in lines)
        {
            if (Import().Match(line) is { Success: true } import)
            {
                var path = import.Groups[2].Value;
                var alias = import.Groups[1].Value.Trim();
                aliases[alias.Length > 0 ? alias : path[(path.LastIndexOf('/') + 1)..]] = OpenApiPackage(path);
            }
            else if (TypeStart().Match(line) is { Success: true } start)
            {
                var name = $"{package}.{start.Groups[1].Value}";
                var definition = start.Groups[2].Value.Trim();
                _kinds[name] = definition.StartsWith("struct", StringComparison.Ordinal) ? "struct"
                    : definition.StartsWith('[') ? "list"
                    : definition.StartsWith("map", StringComparison.Ordinal) ? "map" : "scalar";
                if (AliasOf(definition) is { } target)
                {
                    _aliases[name] = Qualify(target, package, aliases);
                }

                type = _kinds[name] == "struct" ? name : null;
                if (type is not null)
                {
                    _structs[type] = [];
                }
            }
            else if (line == "}")
            {
                type = null;
            }
            else if (type is not null && StructField().Match(line) is { Success: true } field)
            {
                var tag = field.Groups[3].Value.Split(',');
                var goType = Qualify(field.Groups[2].Value, package, aliases);
                var isInline = tag.Contains("inline") || (tag[0].Length == 0 && field.Groups[1].Value.Length == 0);
                _structs[type].Add((isInline ? goType : "", goType, tag[0], tag.Contains("omitempty"), tag.Contains("omitzero")));
            }
        }
    }

    // "type A = v1.B" and "type A B": the same struct under another name.
    private static string? AliasOf(string definition)
    {
        var target = definition.TrimStart('=', ' ');
        return target.Length > 0 && (char.IsUpper(target[0]) || target.Contains('.', StringComparison.Ordinal)) && !target.Contains(' ', StringComparison.Ordinal) && target[0] != '[' ? target : null;
    }

    private void Flatten(string owner, string type, ref int order)
    {
        foreach (var (embedded, goType, json, omitEmpty, omitZero) in _structs.GetValueOrDefault(type) ?? [])
        {
            if (embedded.Length > 0)
            {
                Flatten(owner, embedded, ref order);
            }
            else if (json is not ("" or "-"))
            {
                Fields.TryAdd((owner, json), new(json, ShapeOf(goType, omitEmpty, omitZero), Display(goType), order++));
            }
        }
    }

    private Shape ShapeOf(string goType, bool omitEmpty, bool omitZero)
    {
        var kind = goType[0] == '*' ? "pointer"
            : goType[0] == '[' ? "list"
            : goType.StartsWith("map[", StringComparison.Ordinal) ? "map"
            : _kinds.GetValueOrDefault(goType, "scalar");
        var isNullable = goType.EndsWith(".v1.Time", StringComparison.Ordinal) || goType.EndsWith(".MicroTime", StringComparison.Ordinal)
            || goType.EndsWith(".RawExtension", StringComparison.Ordinal) || goType.EndsWith(".FieldsV1", StringComparison.Ordinal);
        return (kind, omitEmpty) switch
        {
            ("struct", _) when omitZero => Shape.OmitsZeroStruct,
            ("struct", _) when isNullable => Shape.AlwaysNullable,
            ("struct", _) when goType.EndsWith(".Quantity", StringComparison.Ordinal) || goType.EndsWith(".IntOrString", StringComparison.Ordinal) => Shape.AlwaysScalar,
            ("struct", _) => Shape.AlwaysStruct,
            ("pointer", true) => Shape.OmitsNull,
            (_, true) => Shape.OmitsEmpty,
            ("scalar", false) => omitZero ? Shape.OmitsEmpty : Shape.AlwaysScalar,
            _ => Shape.AlwaysNullable,
        };
    }

    /// <summary>The type with full package names: <c>[]io.k8s.api.core.v1.Container</c>.</summary>
    private static string Qualify(string type, string package, Dictionary<string, string> aliases) => Identifier().Replace(type, m =>
    {
        var name = m.Value;
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 ? (aliases.GetValueOrDefault(name[..dot]) ?? name[..dot]) + name[dot..]
            : char.IsLower(name[0]) ? name
            : $"{package}.{name}";
    });

    /// <summary>The type as Go's messages name it: <c>[]v1.Container</c>.</summary>
    private static string Display(string type) => FullName().Replace(type.TrimStart('*'), m =>
    {
        var parts = m.Value.Split('.');
        return parts.Length > 1 ? $"{parts[^2]}.{parts[^1]}" : m.Value;
    });

    private static string OpenApiPackage(string path)
    {
        var parts = path.Replace("k8s.io/", "io.k8s.", StringComparison.Ordinal);
        return parts.Replace('/', '.');
    }

    [GeneratedRegex(@"/api/([a-z]+)/(v\d\w*)$")]
    private static partial Regex ApiFolder();

    [GeneratedRegex(@"^\s+(\w* ?)""(k8s\.io/[^""]+)""$")]
    private static partial Regex Import();

    [GeneratedRegex(@"^type (\w+) (.*)$")]
    private static partial Regex TypeStart();

    [GeneratedRegex(@"^\s+(?:(\w+)\s+)?([\w.*\[\]]+)\s+`.*?json:""([^""]*)""")]
    private static partial Regex StructField();

    [GeneratedRegex(@"[A-Za-z_][\w.]*")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"[A-Za-z_][\w.\-]*")]
    private static partial Regex FullName();
}
