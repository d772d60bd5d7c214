using Weir.GoTemplate;

namespace Weir.Helm;

/// <summary>How a chart is rendered. The default is that of <c>helm template</c>, with random text that is always the same.</summary>
public sealed record RenderOptions
{
    public static RenderOptions Default { get; } = new();

    /// <summary>
    /// The text that random values grow from, together with the release and the place of the call. Used when
    /// <see cref="Random"/> is <see langword="null"/>.
    /// </summary>
    public string Seed { get; init; } = "";

    /// <summary>Fills a buffer with random bytes; <see langword="null"/> for values that grow from <see cref="Seed"/>.</summary>
    public Action<byte[]>? Random { get; init; }

    /// <summary>What <c>now</c> answers.</summary>
    public DateTimeOffset Now { get; init; } = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The zone that Go calls <c>Local</c>.</summary>
    public TimeZoneInfo LocalZone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>The cluster; <see langword="null"/> answers every <c>lookup</c> with nothing.</summary>
    public ClusterLookup? Lookup { get; init; }

    /// <summary>Whether the objects in <c>crds/</c> are part of the manifest.</summary>
    public bool IncludeCrds { get; init; }

    public bool SkipSchemaValidation { get; init; }

    /// <summary>Schemas elsewhere that charts' own schemas refer to; <see langword="null"/>: a chart that needs one fails.</summary>
    public RemoteSchemas? Schemas { get; init; }

    /// <summary>Whether <c>NOTES.txt</c> of subcharts are added to the notes.</summary>
    public bool SubchartNotes { get; init; }

    /// <summary>Whether a value that is missing is an error, as <c>helm lint --strict</c> has it.</summary>
    public bool Strict { get; init; }

    /// <summary>Whether <c>required</c> and <c>fail</c> let rendering go on, as <c>helm lint</c> has it.</summary>
    public bool LintMode { get; init; }

    /// <summary>Whether a chart whose dependencies are not all in <c>charts/</c> is refused, as the command line does.</summary>
    public bool RequireDependencies { get; init; } = true;

    /// <summary>
    /// Whether documents come without their objects: whoever only prints them saves the memory that the objects of a large
    /// chart need.
    /// </summary>
    public bool OnlyTexts { get; init; }

    /// <summary>Answers <c>getHostByName</c>; <see langword="null"/> answers every name with nothing.</summary>
    public Func<string, string>? ResolveHost { get; init; }

    public TemplateLimits Limits { get; init; } = new() { MaxDepth = 4_000, MaxOutput = 64L * 1024 * 1024, MaxSteps = 10_000_000 };
}
