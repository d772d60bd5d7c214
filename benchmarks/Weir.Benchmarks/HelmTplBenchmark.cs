using System.Diagnostics;
using Weir.Helm;
using Weir.Values;

namespace Weir.Benchmarks;

/// <summary>Calls of <c>tpl</c> in a loop: the time of one must not grow with their number.</summary>
internal static class HelmTplBenchmark
{
    public static Benchmark Create() => new("helm-tpl", "tpl in a loop of 1,000 to 64,000 rounds", Run);

    private static int Run(string[] args)
    {
        foreach (var rounds in (int[])[1000, 4000, 16000, 64000])
        {
            var template = $"{{{{ range until {rounds} }}}}{{{{ tpl \"v{{{{ .Release.Name }}}}\" $ }}}}\n{{{{ end }}}}";
            var chart = ChartLoader.LoadFiles(
            [
                new ChartFile("Chart.yaml", GoString.ToBytes("apiVersion: v2\nname: loop\nversion: 1.0.0\n")),
                new ChartFile("templates/NOTES.txt", GoString.ToBytes(template)),
            ]).Result!;
            var start = Stopwatch.GetTimestamp();
            var rendering = HelmRenderer.Render(chart, new ReleaseOptions { Name = "rel", Namespace = "ns" }, new MapValue());
            var time = Stopwatch.GetElapsedTime(start);
            Console.WriteLine($"{rounds,6} calls  {time.TotalMilliseconds,8:F1} ms  {time.TotalMicroseconds / rounds,6:F2} µs each  {rendering.Error}");
        }

        return 0;
    }
}
