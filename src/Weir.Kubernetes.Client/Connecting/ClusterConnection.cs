using System.Security.Cryptography.X509Certificates;

namespace Weir.Kubernetes.Client;

/// <summary>How a cluster is reached and as whom. Secrets are held only in memory and never printed.</summary>
public sealed record ClusterConnection
{
    public required Uri Server { get; init; }

    /// <summary>The authorities that may sign the server's certificate; <see langword="null"/> means those of the system.</summary>
    public X509Certificate2Collection? Authorities { get; init; }

    /// <summary>The client's certificate with its key, or <see langword="null"/>.</summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>The bearer token, or <see langword="null"/>.</summary>
    public string? Token { get; init; }

    /// <summary>A file that holds the bearer token and is read again when it changes.</summary>
    public string? TokenFile { get; init; }

    public string? Username { get; init; }

    public string? Password { get; init; }

    /// <summary>The name that the server's certificate must carry instead of the host's.</summary>
    public string? TlsServerName { get; init; }

    public bool InsecureSkipTlsVerify { get; init; }

    /// <summary>The namespace of the context; empty means <c>default</c>.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The user to act as, or <see langword="null"/>.</summary>
    public string? ImpersonateUser { get; init; }

    public IReadOnlyList<string> ImpersonateGroups { get; init; } = [];

    /// <summary>The server's address only.</summary>
    public override string ToString() => Server.ToString();
}
