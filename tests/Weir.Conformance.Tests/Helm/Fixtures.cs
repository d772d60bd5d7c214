using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Weir.GoTemplate;
using Weir.Helm;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Conformance.Tests.Helm;

/// <summary>The charts that Helm's table tests run on, in as few words as the rows need.</summary>
internal static class Fixtures
{
    /// <summary>A chart of three levels whose values cover each other.</summary>
    public static Chart Whaler(bool isMerge) => Chart(
        "moby",
        "{back: exists, bottom: exists, front: exists, left: exists, name: moby, nested: {boat: true}, override: bad, right: exists, scope: moby, top: nope, global: {nested2: {l0: moby}}"
        + (isMerge ? "}" : ", pequod: {boat: maybe, ahab: {boat: maybe, nested: {boat: maybe}}}}"),
        Chart(
            "pequod",
            "{name: pequod, scope: pequod, global: {nested2: {l1: pequod}}" + (isMerge ? "}" : ", boat: false, ahab: {boat: false, nested: {boat: false}}}"),
            Chart(
                "ahab",
                isMerge
                    ? "{global: {nested: {foo: bar}, nested2: {l2: ahab}}, scope: ahab, name: ahab, boat: true, nested: {foo: false, bar: true}}"
                    : "{global: {nested: {foo: bar, foo2: bar2}, nested2: {l2: ahab}}, scope: ahab, name: ahab, boat: true, nested: {foo: false, boat: true}, object: {foo: bar}}")),
        Chart("spouter", "{scope: spouter, global: {nested2: {l1: spouter}}}"));

    public static MapValue WhalerValues() => Map(
        """
        {top: yup, bottom: null, right: Null, left: NULL, front: ~, back: "", nested: {boat: null},
         global: {name: Ishmael, subject: Queequeg, nested: {boat: true}},
         pequod: {boat: null, global: {name: Stinky, harpooner: Tashtego, nested: {boat: false, sail: true, foo2: null}},
                  ahab: {scope: whale, boat: null, nested: {foo: true, boat: null}, object: null}}}
        """);

    /// <summary>A chart with tags, conditions and an alias.</summary>
    public static Chart Populated()
    {
        string Needs(params string[] entries) => "{dependencies: [" + string.Join(", ", entries) + "]}";
        string Need(string name, string tags, string? alias = null) =>
            $"{{name: {name}, version: 0.1.0, condition: {alias ?? name}.enabled, tags: [{tags}]{(alias is null ? "" : $", alias: {alias}")}}}";
        return Chart(
            "parentchart",
            "{tags: {front-end: true, back-end: false}, subchart2alias: {enabled: false}}",
            Needs(Need("subchart1", "front-end, subchart1"), Need("subchart2", "back-end, subchart2"), Need("subchart2", "", "subchart2alias")),
            Chart(
                "subchart1",
                "{}",
                Needs(Need("subcharta", "front-end, subcharta"), Need("subchartb", "front-end, subchartb")),
                Chart("subcharta", "{}"),
                Chart("subchartb", "{}")),
            Chart(
                "subchart2",
                "{}",
                Needs(Need("subchartb", "back-end, subchartb"), Need("subchartc", "back-end, subchartc")),
                Chart("subchartb", "{}"),
                Chart("subchartc", "{}")));
    }

    /// <summary>What a template alone in a chart writes, and the error as Helm words it.</summary>
    public static (string Text, string? Error) Render(string name, string template, Value data)
    {
        var set = new TemplateSet(HelmFunctions.Table, new TemplateSetOptions { MissingKey = MissingKey.Zero });
        if (set.Parse(name, template) is { } unreadable)
        {
            return ("", RenderErrors.OfParsing(name, unreadable).Message);
        }

        var host = new HelmHost(new ReleaseOptions { Name = "r", Namespace = "n" }, RenderOptions.Default);
        var result = set.Execute(name, data, host);
        return result.Succeeded ? (result.Text, null) : (result.Text, RenderErrors.OfExecuting(result.Error).Message);
    }

    /// <summary>A packed chart with one file.</summary>
    public static byte[] Archive(string path, string content)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Ustar))
        {
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, path) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)) });
        }

        return bytes.ToArray();
    }

    private static Chart Chart(string name, string values, params Chart[] dependencies) => Chart(name, values, "{}", dependencies);

    private static Chart Chart(string name, string values, string metadata, params Chart[] dependencies) => new()
    {
        Metadata = ChartMetadataReader.Apply(Map(metadata), new ChartMetadata { Name = name, Version = "0.1.0", ApiVersion = "v1" }).Metadata,
        Values = Map(values),
        Dependencies = dependencies,
    };

    private static MapValue Map(string yaml) => (MapValue)YamlReader.Read(yaml, new YamlReadOptions { NumbersAsFloat = true }).Result!;
}
