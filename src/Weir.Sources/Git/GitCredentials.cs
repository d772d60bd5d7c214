namespace Weir.Sources.Git;

/// <summary>What a repository asks for: any of these may be absent. Nothing of it reaches a message or the process list.</summary>
public sealed record GitCredentials
{
    public string? Username { get; init; }

    public string? Password { get; init; }

    public string? BearerToken { get; init; }

    /// <summary>Authorities in PEM that the server's certificate is checked against.</summary>
    public string? CertificateAuthority { get; init; }

    public string? ClientCertificate { get; init; }

    public string? ClientKey { get; init; }

    /// <summary>A private SSH key in PEM or OpenSSH form.</summary>
    public string? Identity { get; init; }

    /// <summary>The lines of a known_hosts file; SSH talks to no other host.</summary>
    public string? KnownHosts { get; init; }

    /// <summary>The proxy for HTTP; <see langword="null"/> for none.</summary>
    public string? Proxy { get; init; }
}
