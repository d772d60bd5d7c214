namespace Weir.Cli;

/// <summary>Where the user's cached files of this program lie.</summary>
internal static class UserCache
{
    /// <summary><c>$XDG_CACHE_HOME/weir</c>, else <c>~/.cache/weir</c>.</summary>
    public static string Folder => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } home
            ? home
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "weir");
}
