using System.Text;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Helm.Tests;

/// <summary>Charts written in the tests themselves.</summary>
internal static class TestCharts
{
    public const string Metadata = "apiVersion: v2\nname: app\nversion: 1.2.3\n";

    /// <summary>A chart of these files. <c>Chart.yaml</c> is added when it is not among them.</summary>
    public static Chart Load(params (string Path, string Text)[] files)
    {
        var loaded = Read(files);
        Assert.DoesNotContain(loaded.Diagnostics, d => d.Severity == Severity.Error);
        return loaded.Result!;
    }

    public static Parsed<Chart> Read(params (string Path, string Text)[] files)
    {
        var all = files.Select(f => new ChartFile(f.Path, Encoding.UTF8.GetBytes(f.Text))).ToList();
        if (!all.Exists(f => f.Name == "Chart.yaml"))
        {
            all.Insert(0, new ChartFile("Chart.yaml", Encoding.UTF8.GetBytes(Metadata)));
        }

        return ChartLoader.LoadFiles(all);
    }

    public static HelmRendering Render(Chart chart, string values = "{}", RenderOptions? options = null) => HelmRenderer.Render(
        chart,
        new ReleaseOptions { Name = "rel", Namespace = "ns" },
        Map(values),
        options: options);

    /// <summary>What one template writes, less the space around it.</summary>
    public static string Text(string template, string values = "{}", string defaults = "{}", RenderOptions? options = null)
    {
        var rendering = Render(Load(("values.yaml", defaults), ("templates/NOTES.txt", template)), values, options);
        Assert.Null(rendering.Error);
        return rendering.Notes.Trim();
    }

    /// <summary>Helm's words for what is wrong with a template.</summary>
    public static Diagnostic Error(string template, string values = "{}")
    {
        var rendering = Render(Load(("templates/t.yaml", template)), values);
        Assert.False(rendering.Succeeded);
        return rendering.Diagnostics.First(d => d.Severity == Severity.Error);
    }

    public static MapValue Map(string yaml) => Assert.IsType<MapValue>(YamlReader.Read(yaml, new YamlReadOptions { NumbersAsFloat = true }).Result);

    public static string Json(Value? value) => value is null ? "absent" : JsonWriter.Write(value);
}
