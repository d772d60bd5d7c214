namespace Weir.Sources.Http;

/// <summary>How a server is talked to: any of these may be absent. Nothing of it reaches a message.</summary>
public sealed record HttpAccess
{
    public static HttpAccess Anonymous { get; } = new();

    public string? Username { get; init; }

    public string? Password { get; init; }

    public string? BearerToken { get; init; }

    /// <summary>Authorities in PEM that count beside those of the system.</summary>
    public string? CertificateAuthority { get; init; }

    public string? ClientCertificate { get; init; }

    public string? ClientKey { get; init; }

    /// <summary>The proxy with its credentials, if it wants any; <see langword="null"/> for none.</summary>
    public string? Proxy { get; init; }

    /// <summary>Whether any certificate is taken.</summary>
    public bool SkipsVerification { get; init; }

    /// <summary>The same connection without saying who asks.</summary>
    public HttpAccess WithoutCredentials() => this with { Username = null, Password = null, BearerToken = null };

    /// <summary>What decides the connection: clients are shared by it.</summary>
    internal HttpAccess Connection() => WithoutCredentials();
}
