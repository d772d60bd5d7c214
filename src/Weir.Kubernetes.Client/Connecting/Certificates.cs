using System.Security.Cryptography.X509Certificates;

namespace Weir.Kubernetes.Client;

/// <summary>Reads PEM certificates and decides whether a server's certificate is trusted.</summary>
internal static class Certificates
{
    public static X509Certificate2Collection ReadAuthorities(string pem)
    {
        var collection = new X509Certificate2Collection();
        collection.ImportFromPem(pem);
        return collection;
    }

    public static X509Certificate2 ReadClient(string certificate, string key)
    {
        using var parsed = X509Certificate2.CreateFromPem(certificate, key);

        // Only a certificate that came through PKCS#12 keeps its key usable on every platform.
        return X509CertificateLoader.LoadPkcs12(parsed.Export(X509ContentType.Pkcs12), null);
    }

    public static bool IsTrusted(X509Certificate? presented, X509Chain? presentedChain, X509Certificate2Collection authorities)
    {
        if (presented is null)
        {
            return false;
        }

        using var certificate = new X509Certificate2(presented);
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        foreach (var element in presentedChain?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
        {
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        }

        return chain.Build(certificate);
    }
}
