using Weir.GoTemplate.Sprig;
using Weir.Values;

namespace Weir.GoTemplate.Toml;

/// <summary>Helm's TOML functions. <c>toToml</c> prints its error in the place of the text.</summary>
internal static class TomlFunctions
{
    public static FunctionTable Table { get; } = FunctionTable.Create(
    [
        new("toToml", "func(interface {}) string", static (_, a) => TomlWriter.Write(a[0], out var error) ?? error!),
        new("mustToToml", "func(interface {}) string", static (c, a) =>
            TomlWriter.Write(a[0], out var error) is { } text ? text : c.Fail(error!)),
        new("fromToml", "func(string) map[string]interface {}", static (_, a) =>
            TomlReader.Read(a.String(0), out var error) is { } map ? map : new MapValue { ["Error"] = error! }),
    ]);
}
