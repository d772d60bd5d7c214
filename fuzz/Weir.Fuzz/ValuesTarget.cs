using Weir.Helm;
using Weir.Values;

namespace Weir.Fuzz;

/// <summary>A values file laid over a chart with a subchart, a schema and conditions: it is rendered, inspected or refused.</summary>
internal static class ValuesTarget
{
    private static readonly Chart Chart = Load(
        ("Chart.yaml", "apiVersion: v2\nname: app\nversion: 1.0.0\ndependencies:\n- {name: child, version: 0.1.0, condition: child.on, import-values: [data]}\n"),
        ("values.yaml", "a: {b: 1, c: null}\nlist: [1, x]\nchild: {on: true}\nglobal: {g: {h: 1}}\n"),
        ("values.schema.json", """{"properties":{"a":{"type":["object","null"]},"list":{"items":{"type":["string","number"]},"uniqueItems":true}}}"""),
        ("templates/t.yaml", "a: {{ toYaml .Values.a | nindent 2 }}\n{{ range .Values.list }}# {{ . }}\n{{ end }}{{ tpl (toString .Values.text) . }}\n"),
        ("charts/child/Chart.yaml", "apiVersion: v2\nname: child\nversion: 0.1.0\n"),
        ("charts/child/values.yaml", "exports: {data: {x: 1}}\nname: n\n"),
        ("charts/child/templates/t.yaml", "b: {{ .Values.name }}{{ .Values.global.g.h }}\n"));

    private static readonly RenderOptions Options = new() { Limits = new() { MaxDepth = 500, MaxOutput = 500_000, MaxSteps = 50_000 } };

    public static FuzzTarget Create() => new(
        "values",
        [
            "a: {b: 2}\nlist: [a, b]\ntext: '{{ .Values.a.b }}'\n"u8.ToArray(),
            "child:\n  on: false\n  name: null\n  global: {g: 1}\nglobal: {g: null}\n"u8.ToArray(),
            "a: null\n---\nchild: &c {on: true}\nexports: {<<: *c}\n---\ntext: '{{ tpl .Values.text . }}'\n"u8.ToArray(),
        ],
        Run);

    private static void Run(byte[] input)
    {
        var read = ValuesReader.Read(GoString.FromBytes(input), "fuzz.yaml", 1 << 20);
        if (read.HasErrors || read.Result is not { } values)
        {
            return;
        }

        var before = values.DeepClone();
        _ = HelmRenderer.Render(Chart, new ReleaseOptions { Name = "r", Namespace = "n" }, values, options: Options).Error;
        _ = ValuesInspector.Inspect(Chart, values).Diagnostics.Count;
        if (!Value.DeepEquals(before, values))
        {
            throw new InvalidOperationException("rendering changed the values that it was given");
        }
    }

    private static Chart Load(params (string Path, string Text)[] files) =>
        ChartLoader.LoadFiles([.. files.Select(f => new ChartFile(f.Path, GoString.ToBytes(f.Text)))]).Result!;
}
