using Weir.Sources.Mirrors;

namespace Weir.Cli;

/// <summary>Mirrors as people write them: on the command line, and in a file beside the fleet.</summary>
internal static class MirrorArguments
{
    /// <summary>The file that a fleet keeps its mirrors in.</summary>
    public const string FileName = "weir.mirrors.yaml";

    /// <summary>Reads values of <c>--mirror</c>. Throws <see cref="CommandFailure"/> for one that is none.</summary>
    public static IEnumerable<SourceMirror> Parse(IEnumerable<string>? texts) => (texts ?? []).Select(static text =>
        SourceMirrors.Parse(text, Environment.CurrentDirectory)
        ?? throw new CommandFailure($"--mirror {text}: expected URL-PREFIX=PATH, such as https://charts.example.com=./charts"));

    /// <summary>Reads the text of <see cref="FileName"/>; its paths count from <paramref name="root"/>. Throws <see cref="CommandFailure"/> with all mistakes.</summary>
    public static IReadOnlyList<SourceMirror> ReadFile(string text, string root)
    {
        var read = SourceMirrors.Read(text, FileName, root);
        return read.HasErrors ? throw new CommandFailure(string.Join('\n', read.Diagnostics)) : read.Result!;
    }
}
