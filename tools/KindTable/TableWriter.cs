using System.Globalization;
using System.Text;
using System.Text.Json;

namespace KindTable;

/// <summary>Turns the documents into the table. The reader's comment describes the layout.</summary>
internal sealed class TableWriter(
    Swagger swagger,
    Dictionary<(string Type, string Field), string> defaults,
    Dictionary<string, List<ProtobufMessages.Field>> protobuf,
    Dictionary<(string Type, string Field), string[]> enums,
    GoStructs structs)
{
    private readonly Dictionary<string, int> _strings = new(StringComparer.Ordinal);
    private readonly List<string> _stringList = [];
    private readonly Dictionary<string, int> _types = new(StringComparer.Ordinal);

    public byte[] Write()
    {
        foreach (var name in swagger.Definitions.Keys)
        {
            _types.Add(name, _types.Count);
        }

        var bodies = new List<byte[]>();
        var index = new Output();
        foreach (var (name, definition) in swagger.Definitions)
        {
            var body = new Output();
            Type(body, name, definition);
            bodies.Add(body.ToArray());
            index.Number(String(name));
            index.Number(bodies[^1].Length);
        }

        var resources = new Output();
        Resources(resources);

        var table = new Output();
        table.Bytes("WKT1"u8);
        table.Number(_stringList.Count);
        foreach (var text in _stringList)
        {
            var utf8 = Encoding.UTF8.GetBytes(text);
            table.Number(utf8.Length);
            table.Bytes(utf8);
        }

        table.Number(_types.Count);
        table.Bytes(index.ToArray());
        foreach (var body in bodies)
        {
            table.Bytes(body);
        }

        table.Bytes(resources.ToArray());
        return table.ToArray();
    }

    private void Type(Output output, string name, JsonElement definition)
    {
        var kinds = definition.TryGetProperty("x-kubernetes-group-version-kind", out var list) ? list.EnumerateArray().ToList() : [];
        output.Number(kinds.Count);
        foreach (var kind in kinds)
        {
            output.Number(String(kind.GetProperty("group").GetString()!));
            output.Number(String(kind.GetProperty("version").GetString()!));
            output.Number(String(kind.GetProperty("kind").GetString()!));
        }

        Node(output, name, "", definition);
    }

    private void Node(Output output, string owner, string field, JsonElement schema, bool granular = false)
    {
        var reference = Swagger.RefName(schema);
        if (reference.Length > 0 && !granular)
        {
            output.Number(7);
            output.Number(_types[reference]);
            return;
        }

        if (reference.Length > 0)
        {
            (owner, field, schema) = (reference, "", swagger.Definitions[reference]);
        }

        var type = schema.TryGetProperty("type", out var t) ? t.GetString() : "";
        var format = schema.TryGetProperty("format", out var f) ? f.GetString()! : "";
        var intOrString = format == "int-or-string";
        format = intOrString ? "" : field.Length == 0 && owner.EndsWith(".resource.Quantity", StringComparison.Ordinal) ? "quantity" : format;
        var free = field.Length == 0 && (owner.EndsWith(".v1.FieldsV1", StringComparison.Ordinal) || owner.EndsWith(".runtime.RawExtension", StringComparison.Ordinal)
            || owner.EndsWith(".v1.Patch", StringComparison.Ordinal) || owner.EndsWith(".v1.JSON", StringComparison.Ordinal));
        var listType = schema.TryGetProperty("x-kubernetes-list-type", out var lt) ? lt.GetString() : "";
        var mapType = granular ? "granular" : schema.TryGetProperty("x-kubernetes-map-type", out var mt) ? mt.GetString() : "";
        var fields = field.Length == 0 && protobuf.TryGetValue(owner, out var message) ? message : null;
        var properties = schema.TryGetProperty("properties", out var ps) ? ps.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal).ToList() : null;
        var values = enums.GetValueOrDefault((owner, field));

        output.Number(type switch { "object" => 1, "array" => 2, "string" => 3, "integer" => 4, "number" => 5, "boolean" => 6, _ => 0 });
        output.Number((format.Length > 0 ? 1 : 0) | (intOrString ? 2 : 0) | (free ? 4 : 0) | (properties is not null ? 8 : 0)
            | (schema.TryGetProperty("items", out var items) ? 16 : 0)
            | (schema.TryGetProperty("additionalProperties", out var additional) ? 32 : 0)
            | (values is not null ? 64 : 0)
            | (listType switch { "atomic" => 128, "set" => 256, "map" => 512, _ => 0 })
            | (mapType switch { "atomic" => 1024, "granular" => 2048, _ => 0 })
            | (fields is not null && properties is not null ? 4096 : 0));
        if (format.Length > 0)
        {
            output.Number(String(format));
        }

        if (properties is not null)
        {
            var required = schema.TryGetProperty("required", out var r) ? r.EnumerateArray().Select(x => x.GetString()!).ToHashSet() : [];
            output.Number(properties.Count);
            foreach (var property in properties)
            {
                Property(output, owner, property, required.Contains(property.Name));
            }
        }

        if (items.ValueKind != JsonValueKind.Undefined)
        {
            Node(output, owner, field + "[]", items);
        }

        if (additional.ValueKind != JsonValueKind.Undefined)
        {
            Node(output, owner, field + "{}", additional);
        }

        if (values is not null)
        {
            Strings(output, values);
        }

        if (listType == "map")
        {
            Strings(output, [.. schema.GetProperty("x-kubernetes-list-map-keys").EnumerateArray().Select(x => x.GetString()!)]);
        }

        if (fields is not null && properties is not null)
        {
            ProtobufFields(output, fields, [.. properties.Select(p => p.Name)]);
        }
    }

    private void Property(Output output, string owner, JsonProperty property, bool required)
    {
        var schema = property.Value;
        var strategy = schema.TryGetProperty("x-kubernetes-patch-strategy", out var s) ? s.GetString()!.Split(',') : [];
        var mergeKey = schema.TryGetProperty("x-kubernetes-patch-merge-key", out var k) ? k.GetString() : null;
        var hasDefault = defaults.TryGetValue((owner, property.Name), out var defaultText);
        output.Number(String(property.Name));
        output.Number((required ? 1 : 0) | (strategy.Contains("merge") ? 2 : 0) | (strategy.Contains("replace") ? 4 : 0)
            | (strategy.Contains("retainKeys") ? 8 : 0) | (mergeKey is not null ? 16 : 0) | (hasDefault ? 32 : 0));
        var go = structs.Fields.GetValueOrDefault((owner, property.Name));
        output.Number(go is null ? 0 : ((int)go.Shape + 1) | (go.Order << 3));
        if (go is not null)
        {
            output.Number(String(go.GoType));
        }

        if (mergeKey is not null)
        {
            output.Number(String(mergeKey));
        }

        if (hasDefault)
        {
            Default(output, schema, defaultText!);
        }

        var granular = schema.TryGetProperty("x-kubernetes-map-type", out var mt) && mt.GetString() == "granular" && Swagger.RefName(schema).Length > 0;
        Node(output, owner, property.Name, schema, granular);
    }

    private void Default(Output output, JsonElement schema, string text)
    {
        switch (schema.TryGetProperty("type", out var type) ? type.GetString() : "string")
        {
            case "integer":
                output.Number(1);
                output.Number(int.Parse(text, CultureInfo.InvariantCulture));
                break;
            case "boolean":
                output.Number(2);
                output.Number(text == "true" ? 1 : 0);
                break;
            default:
                output.Number(0);
                output.Number(String(text));
                break;
        }
    }

    private void ProtobufFields(Output output, List<ProtobufMessages.Field> fields, List<string> properties)
    {
        output.Number(fields.Count);
        foreach (var field in fields)
        {
            output.Number(field.Number);
            var property = properties.IndexOf(JsonName(field.Name, properties));
            output.Number(property + 1);
            if (property < 0)
            {
                // A Go struct that is embedded inline: its fields stand among the owner's in JSON.
                ProtobufFields(output, protobuf.TryGetValue(field.Type, out var inline) ? inline : [], properties);
            }
        }
    }

    private static string JsonName(string name, List<string> properties)
    {
        if (properties.Contains(name))
        {
            return name;
        }

        var sameLetters = properties.Find(p => string.Equals(p, name, StringComparison.OrdinalIgnoreCase));
        if (sameLetters is not null)
        {
            return sameLetters;
        }

        if (properties.Contains("$" + name))
        {
            return "$" + name;
        }

        var kebab = new StringBuilder("x");
        foreach (var c in name.AsSpan(1))
        {
            kebab.Append(char.IsUpper(c) ? "-" : "").Append(char.ToLowerInvariant(c));
        }

        return kebab.ToString();
    }

    private void Resources(Output output)
    {
        var groups = Catalogue.Groups;
        output.Number(groups.Length);
        foreach (var (group, versions) in groups)
        {
            output.Number(String(group));
            Strings(output, versions);
        }

        var resources = ResourcePaths.Read(swagger.Paths);
        output.Number(resources.Count);
        foreach (var resource in resources)
        {
            var names = Catalogue.Names.GetValueOrDefault((resource.Group, resource.Plural));
            output.Number(String(resource.Group));
            output.Number(String(resource.Version));
            output.Number(String(resource.Kind));
            output.Number(String(resource.Plural));
            output.Number(String(resource.Kind.ToLowerInvariant()));
            Strings(output, names.ShortNames ?? []);
            Strings(output, names.Categories ?? []);
            output.Number((resource.Namespaced ? 1 : 0) | (Catalogue.IsServed(resource.Group, resource.Version) ? 2 : 0));
            output.Number(resource.Verbs);
            output.Number(TypeOf(resource.Group, resource.Version, resource.Kind) + 1);
            output.Number(resource.Subresources.Count);
            foreach (var (name, sub) in resource.Subresources)
            {
                output.Number(String(name));
                output.Number(String(sub.Group));
                output.Number(String(sub.Version));
                output.Number(String(sub.Kind));
                output.Number(sub.Verbs);
            }
        }
    }

    private int TypeOf(string group, string version, string kind)
    {
        foreach (var (name, definition) in swagger.Definitions)
        {
            if (definition.TryGetProperty("x-kubernetes-group-version-kind", out var list)
                && list.EnumerateArray().Any(k => k.GetProperty("group").GetString() == group && k.GetProperty("version").GetString() == version && k.GetProperty("kind").GetString() == kind))
            {
                return _types[name];
            }
        }

        return -1;
    }

    private void Strings(Output output, string[] texts)
    {
        output.Number(texts.Length);
        foreach (var text in texts)
        {
            output.Number(String(text));
        }
    }

    private int String(string text)
    {
        if (!_strings.TryGetValue(text, out var index))
        {
            index = _stringList.Count;
            _strings.Add(text, index);
            _stringList.Add(text);
        }

        return index;
    }
}
