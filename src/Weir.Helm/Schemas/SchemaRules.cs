using System.Collections.Concurrent;
using System.Text;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Helm;

/// <summary>
/// What a schema itself must look like in each draft, written as a schema: which kind of value each keyword takes.
/// A schema that breaks it is refused, as the library does with the published metaschemas.
/// </summary>
internal static class SchemaRules
{
    private const string SimpleTypes = """["array","boolean","integer","null","number","object","string"]""";

    private static readonly ConcurrentDictionary<SchemaDraft, SchemaNode> Compiled = new();

    /// <summary>The refusal in the library's words, or <see langword="null"/>.</summary>
    public static string? Check(Value schema, SchemaDraft draft, string url = SchemaDocument.ChartUrl)
    {
        var violations = SchemaValidator.Validate(Compiled.GetOrAdd(draft, Compile), schema);
        if (violations.Count == 0)
        {
            return null;
        }

        var text = new StringBuilder($"{GoQuote.Quote(url + "#")} is not valid against metaschema: jsonschema validation failed with '{Address(draft)}#'");
        foreach (var violation in violations)
        {
            violation.Write(text);
        }

        return text.ToString();
    }

    private static string Address(SchemaDraft draft) => draft switch
    {
        SchemaDraft.Draft4 => "http://json-schema.org/draft-04/schema",
        SchemaDraft.Draft6 => "http://json-schema.org/draft-06/schema",
        SchemaDraft.Draft7 => "http://json-schema.org/draft-07/schema",
        SchemaDraft.Draft2019 => "https://json-schema.org/draft/2019-09/schema",
        _ => "https://json-schema.org/draft/2020-12/schema",
    };

    private static SchemaNode Compile(SchemaDraft draft)
    {
        var read = JsonReader.Read(Text(draft));
        var compiled = SchemaCompiler.Compile(new SchemaDocument(read.Result!), null);
        return compiled.Error is null
            ? compiled.Root!
            : throw new System.Diagnostics.UnreachableException($"The rules of {draft} cannot be compiled: {compiled.Error}");
    }

    private static string Text(SchemaDraft draft)
    {
        var is4 = draft == SchemaDraft.Draft4;
        var isOld = draft < SchemaDraft.Draft2019;
        const string self = """{"$ref":"#"}""";
        const string schemas = """{"type":"array","minItems":1,"items":{"$ref":"#"}}""";
        const string schemaMap = """{"type":"object","additionalProperties":{"$ref":"#"}}""";
        const string count = """{"type":"integer","minimum":0}""";
        const string number = """{"type":"number"}""";
        const string text = """{"type":"string"}""";
        const string flag = """{"type":"boolean"}""";
        var names = is4 ? """{"type":"array","minItems":1,"uniqueItems":true,"items":{"type":"string"}}""" : """{"type":"array","uniqueItems":true,"items":{"type":"string"}}""";
        var extra = is4 ? """{"anyOf":[{"type":"boolean"},{"$ref":"#"}]}""" : self;
        var rules = new Dictionary<string, string>
        {
            ["$schema"] = text,
            [is4 ? "id" : "$id"] = text,
            ["$ref"] = text,
            ["title"] = text,
            ["description"] = text,
            ["multipleOf"] = is4 ? """{"type":"number","minimum":0,"exclusiveMinimum":true}""" : """{"type":"number","exclusiveMinimum":0}""",
            ["maximum"] = number,
            ["minimum"] = number,
            ["exclusiveMaximum"] = is4 ? flag : number,
            ["exclusiveMinimum"] = is4 ? flag : number,
            ["maxLength"] = count,
            ["minLength"] = count,
            ["pattern"] = """{"type":"string","format":"regex"}""",
            ["additionalItems"] = extra,
            ["items"] = draft == SchemaDraft.Draft2020 ? self : """{"anyOf":[{"$ref":"#"},{"type":"array","minItems":1,"items":{"$ref":"#"}}]}""",
            ["maxItems"] = count,
            ["minItems"] = count,
            ["uniqueItems"] = flag,
            ["maxProperties"] = count,
            ["minProperties"] = count,
            ["required"] = names,
            ["additionalProperties"] = extra,
            ["definitions"] = schemaMap,
            ["properties"] = schemaMap,
            ["patternProperties"] = is4 ? schemaMap : """{"type":"object","additionalProperties":{"$ref":"#"},"propertyNames":{"format":"regex"}}""",
            ["dependencies"] = """{"type":"object","additionalProperties":{"anyOf":[{"$ref":"#"},""" + names + "]}}",
            ["enum"] = is4 ? """{"type":"array","minItems":1,"uniqueItems":true}""" : draft == SchemaDraft.Draft6 ? """{"type":"array","minItems":1,"uniqueItems":true}""" : """{"type":"array"}""",
            ["type"] = $$"""{"anyOf":[{"enum":{{SimpleTypes}}},{"type":"array","items":{"enum":{{SimpleTypes}}},"minItems":1,"uniqueItems":true}]}""",
            ["format"] = text,
            ["allOf"] = schemas,
            ["anyOf"] = schemas,
            ["oneOf"] = schemas,
            ["not"] = self,
        };
        if (!is4)
        {
            rules["examples"] = """{"type":"array"}""";
            rules["contains"] = self;
            rules["propertyNames"] = self;
        }

        if (draft >= SchemaDraft.Draft7)
        {
            rules["$comment"] = text;
            rules["readOnly"] = flag;
            rules["if"] = self;
            rules["then"] = self;
            rules["else"] = self;
            rules["contentMediaType"] = text;
            rules["contentEncoding"] = text;
        }

        if (!isOld)
        {
            rules["$defs"] = schemaMap;
            rules["$anchor"] = """{"type":"string","pattern":"^[A-Za-z_][-A-Za-z0-9._]*$"}""";
            rules["deprecated"] = flag;
            rules["writeOnly"] = flag;
            rules["maxContains"] = count;
            rules["minContains"] = count;
            rules["dependentSchemas"] = schemaMap;
            rules["dependentRequired"] = """{"type":"object","additionalProperties":""" + names + "}";
            rules["unevaluatedItems"] = self;
            rules["unevaluatedProperties"] = self;
            rules["prefixItems"] = schemas;
        }

        if (draft == SchemaDraft.Draft2020)
        {
            rules.Remove("additionalItems");
        }

        var type = is4 ? "\"object\"" : """["object","boolean"]""";
        var dependencies = is4 ? ""","dependencies":{"exclusiveMaximum":["maximum"],"exclusiveMinimum":["minimum"]}""" : "";
        var properties = string.Join(",", rules.Select(r => $"\"{r.Key}\":{r.Value}"));
        var dialect = is4 ? "http://json-schema.org/draft-04/schema#" : "http://json-schema.org/draft-07/schema#";
        return "{\"$schema\":\"" + dialect + "\",\"type\":" + type + ",\"properties\":{" + properties + "}" + dependencies + "}";
    }
}
