using System.Text.Json;

namespace Weir.Conformance.Tests.GoTemplate;

/// <summary>One row of a Go table test: its place in the table and the fields of its literal.</summary>
internal sealed record Row(string Id, int Key, JsonElement Fields)
{
    public string Name => Text("name");

    public bool Ok => Fields.GetProperty("ok").GetBoolean();

    /// <summary>A text field; throws when it is no literal.</summary>
    public string Text(string field) => Fields.GetProperty(field).GetString()!;

    /// <summary>True when the field is Go code that the table could not evaluate.</summary>
    public bool IsCode(string field) =>
        Fields.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.Object && value.TryGetProperty("$sym", out _);
}
