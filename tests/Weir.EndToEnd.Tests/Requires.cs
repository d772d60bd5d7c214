namespace Weir.EndToEnd.Tests;

/// <summary>Programs that a test needs; without them it is skipped with a line that names them.</summary>
internal static class Requires
{
    public static void Kubectl()
    {
        var isThere = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(d => File.Exists(Path.Combine(d, "kubectl")));
        Assert.SkipUnless(isThere, "kubectl is not on the PATH");
    }
}
