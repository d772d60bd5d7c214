namespace Weir.Architecture.Tests;

/// <summary>The table of arrows: what ARCHITECTURE.md draws, in the form that the tests hold against the projects.</summary>
internal static class Rooms
{
    /// <summary>Each room with the rooms it may use, besides <c>Weir.Values</c>.</summary>
    public static IReadOnlyDictionary<string, string[]> Arrows { get; } = new Dictionary<string, string[]>
    {
        ["Weir.Values"] = [],
        ["Weir.Yaml"] = [],
        ["Weir.GoTemplate"] = ["Weir.Yaml"],
        ["Weir.Cel"] = [],
        ["Weir.Kubernetes"] = ["Weir.Cel", "Weir.Yaml"],
        ["Weir.Flux"] = ["Weir.Kubernetes", "Weir.Yaml"],
        ["Weir.Helm"] = ["Weir.GoTemplate", "Weir.Kubernetes", "Weir.Yaml"],
        ["Weir.Kustomize"] = ["Weir.Kubernetes", "Weir.Yaml"],
        ["Weir.Rendering"] = ["Weir.Flux", "Weir.Helm", "Weir.Kustomize", "Weir.Kubernetes", "Weir.Yaml"],
        ["Weir.Sources"] = ["Weir.Flux", "Weir.Helm", "Weir.Kubernetes", "Weir.Yaml"],
        ["Weir.Kubernetes.Client"] = ["Weir.Kubernetes", "Weir.Yaml"],
        ["Weir.ApiServer"] = ["Weir.Kubernetes", "Weir.Yaml"],
        ["Weir.Controllers"] =
        [
            "Weir.Rendering", "Weir.Sources", "Weir.Flux", "Weir.Helm", "Weir.Kubernetes.Client", "Weir.Kubernetes", "Weir.Cel", "Weir.Yaml",
        ],
        ["Weir.Fleet"] = ["Weir.Rendering", "Weir.Sources", "Weir.Flux", "Weir.Helm", "Weir.Kubernetes", "Weir.Yaml"],
        ["Weir.Cli"] =
        [
            "Weir.Yaml", "Weir.GoTemplate", "Weir.Kubernetes", "Weir.Flux", "Weir.Helm", "Weir.Kustomize", "Weir.Rendering",
            "Weir.Sources", "Weir.Kubernetes.Client", "Weir.ApiServer", "Weir.Controllers", "Weir.Fleet",
        ],
    };

    /// <summary>Rooms without I/O, tasks, clocks, environment or randomness.</summary>
    public static IReadOnlyList<string> Pure { get; } =
    [
        "Weir.Values", "Weir.Yaml", "Weir.GoTemplate", "Weir.Cel", "Weir.Kubernetes", "Weir.Flux", "Weir.Helm", "Weir.Kustomize",
        "Weir.Rendering",
    ];

    /// <summary>Rooms that may know ASP.NET.</summary>
    public static IReadOnlyList<string> AspNet { get; } = ["Weir.ApiServer", "Weir.Sources", "Weir.Cli"];

    /// <summary>The root of the repository.</summary>
    public static string Repository { get; } = Path.GetFullPath(Path.Combine(
        Testing.TestData.ProjectDirectory(typeof(Rooms).Assembly), "..", ".."));

    /// <summary>The name of a room's compiled file.</summary>
    public static string AssemblyFile(string room) =>
        Path.Combine(AppContext.BaseDirectory, (room == "Weir.Cli" ? "weir" : room) + ".dll");
}
