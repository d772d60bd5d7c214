namespace Weir.Cli.Logs;

/// <summary>Which lines of a log are shown; <see langword="null"/> leaves a part open.</summary>
internal sealed record LogFilter
{
    public string? Level { get; init; }

    public string? Kind { get; init; }

    public string? Name { get; init; }

    public string? Namespace { get; init; }

    public bool Matches(LogLine line) =>
        (Level is null || Level == line.Level)
        && (Kind is null || string.Equals(Kind, line.Kind, StringComparison.OrdinalIgnoreCase))
        && (Name is null || string.Equals(Name, line.Name, StringComparison.OrdinalIgnoreCase))
        && (Namespace is null || string.Equals(Namespace, line.Namespace, StringComparison.OrdinalIgnoreCase));
}
