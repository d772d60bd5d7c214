using System.Text;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Cli.Logs;

/// <summary>A line of a controller's structured log.</summary>
internal sealed record LogLine
{
    public string Timestamp { get; init; } = "";

    public string Level { get; init; } = "";

    public string Message { get; init; } = "";

    public string Error { get; init; } = "";

    public string Kind { get; init; } = "";

    public string Name { get; init; } = "";

    public string Namespace { get; init; } = "";

    /// <summary>Reads a line; <see langword="null"/> for one that is not structured.</summary>
    public static LogLine? Parse(string text)
    {
        if (!text.StartsWith('{') || JsonReader.Read(Encoding.UTF8.GetBytes(text)).Result is not MapValue value)
        {
            return null;
        }

        return new()
        {
            Timestamp = value.GetString("ts") ?? "",
            Level = value.GetString("level") ?? "",
            Message = value.GetString("msg") ?? "",
            Error = value.GetString("error") ?? "",
            Kind = value.GetString("reconciler kind") ?? value.GetString("controllerKind") ?? "",
            Name = value.GetString("name") ?? "",
            Namespace = value.GetString("namespace") ?? "",
        };
    }

    /// <summary>The line as <c>flux logs</c> prints it.</summary>
    public override string ToString() =>
        $"{Timestamp} {Level} {Kind}{(Name.Length > 0 ? $"/{Name}.{Namespace}" : "")} - {Message} {Error}";
}
