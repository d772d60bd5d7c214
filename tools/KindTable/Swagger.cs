using System.Text.Json;

namespace KindTable;

/// <summary>An OpenAPI v2 document of a Kubernetes API server.</summary>
internal sealed class Swagger
{
    private Swagger(JsonDocument document)
    {
        foreach (var definition in document.RootElement.GetProperty("definitions").EnumerateObject())
        {
            Definitions.Add(definition.Name, definition.Value);
        }

        Paths = document.RootElement.GetProperty("paths");
    }

    public SortedDictionary<string, JsonElement> Definitions { get; } = new(StringComparer.Ordinal);

    public JsonElement Paths { get; }

    public static Swagger Load(string path) => new(JsonDocument.Parse(File.ReadAllBytes(path)));

    public static string RefName(JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference) ? reference.GetString()!["#/definitions/".Length..] : "";
}
