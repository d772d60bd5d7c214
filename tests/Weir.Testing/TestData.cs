using System.Reflection;

namespace Weir.Testing;

/// <summary>Finds the files that stand beside a test project's sources.</summary>
public static class TestData
{
    /// <summary>The folder of the test project that calls, from its assembly metadata.</summary>
    public static string ProjectDirectory(Assembly assembly) => assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(a => a.Key == "ProjectDirectory").Value!;

    /// <summary>A path below the calling project's <c>testdata</c>.</summary>
    public static string Path(params string[] parts) =>
        System.IO.Path.Combine([ProjectDirectory(Assembly.GetCallingAssembly()), "testdata", .. parts]);
}
