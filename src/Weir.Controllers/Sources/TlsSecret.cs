using Weir.Sources.Http;

namespace Weir.Controllers;

/// <summary>Certificates from the data of a Secret.</summary>
internal static class TlsSecret
{
    /// <summary>True when the Secret holds an authority or a client's certificate.</summary>
    public static bool HasCertificates(IReadOnlyDictionary<string, string> data) =>
        data.ContainsKey("ca.crt") || data.ContainsKey("caFile") || data.ContainsKey("tls.crt") || data.ContainsKey("certFile");

    /// <summary>The access with the certificates. Throws <see cref="FormatException"/> when there are none, or one half of a pair.</summary>
    public static HttpAccess Apply(IReadOnlyDictionary<string, string> data, string secret, HttpAccess access)
    {
        var authority = data.GetValueOrDefault("ca.crt") ?? data.GetValueOrDefault("caFile");
        var certificate = data.GetValueOrDefault("tls.crt") ?? data.GetValueOrDefault("certFile");
        var key = data.GetValueOrDefault("tls.key") ?? data.GetValueOrDefault("keyFile");
        if ((certificate is null) != (key is null) || (authority is null && certificate is null))
        {
            throw new FormatException($"secret '{secret}' must contain either 'ca.crt' or both 'tls.crt' and 'tls.key'");
        }

        return access with { CertificateAuthority = authority, ClientCertificate = certificate, ClientKey = key };
    }
}
