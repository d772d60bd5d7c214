namespace Weir.Cli.Charts;

/// <summary>Where a chart comes from when it is no folder and no file, and how its server is talked to.</summary>
internal sealed record ChartSourceOptions
{
    public static ChartSourceOptions Default { get; } = new();

    /// <summary>The URL of a Helm repository; empty for none.</summary>
    public string Repository { get; init; } = "";

    /// <summary>A version or a range; empty for the highest that is no pre-release.</summary>
    public string Version { get; init; } = "";

    /// <summary>Whether pre-releases count when no version is given.</summary>
    public bool Development { get; init; }

    public string? Username { get; init; }

    public string? Password { get; init; }

    public string? CertificateFile { get; init; }

    public string? KeyFile { get; init; }

    public string? AuthorityFile { get; init; }

    public bool SkipsTlsVerification { get; init; }

    public bool PlainHttp { get; init; }

    public bool PassCredentials { get; init; }

    /// <summary>Whether the chart must have a provenance file that someone in <see cref="Keyring"/> signed.</summary>
    public bool Verify { get; init; }

    /// <summary>A file of public keys; <see langword="null"/> for GnuPG's own.</summary>
    public string? Keyring { get; init; }

    /// <summary>The range to look for.</summary>
    public string Range => Version.Length > 0 || !Development ? Version : ">0.0.0-0";
}
