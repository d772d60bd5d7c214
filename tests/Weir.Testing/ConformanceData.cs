namespace Weir.Testing;

/// <summary>
/// Recordings of the real tools, in the folder that <c>WEIR_CONFORMANCE</c> names (default <c>../shared/conformance</c>
/// beside the repository). They are not part of the repository; without them the suites that need them are skipped.
/// </summary>
public static class ConformanceData
{
    public static string? Directory { get; } = Find();

    /// <summary>The line a suite skips with when <see cref="Directory"/> is <see langword="null"/>.</summary>
    public const string SkipReason = "no conformance data: set WEIR_CONFORMANCE to its folder";

    private static string? Find()
    {
        var named = Environment.GetEnvironmentVariable("WEIR_CONFORMANCE");
        if (!string.IsNullOrEmpty(named))
        {
            return System.IO.Directory.Exists(named) ? named : null;
        }

        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Weir.slnx")) && folder.Parent is { } parent)
            {
                var candidate = Path.Combine(parent.FullName, "shared", "conformance");
                return System.IO.Directory.Exists(candidate) ? candidate : null;
            }
        }

        return null;
    }
}
