using System.Text;
using Weir.Helm;
using Weir.Sources.Charts;

namespace Weir.Sources.Tests.Servers;

/// <summary>Small charts for tests.</summary>
internal static class TestCharts
{
    public static byte[] Packed(string name, string version) => ChartPackage.Write(name, Files(name, version));

    public static IReadOnlyList<ChartFile> Files(string name, string version) =>
    [
        new("values.yaml", Encoding.UTF8.GetBytes("a: 1\n")),
        new("Chart.yaml", Encoding.UTF8.GetBytes($"apiVersion: v2\nname: {name}\nversion: {version}\n")),
        new("templates/cm.yaml", Encoding.UTF8.GetBytes("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n")),
    ];

    public static void Unpack(string folder, string name, string version)
    {
        foreach (var file in Files(name, version))
        {
            var path = Path.Combine(folder, file.Name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, file.Data.ToArray());
        }
    }
}
