using System.Globalization;
using System.Text;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Sources.Signatures;

/// <summary>Whom a Sigstore deployment trusts: certificate authorities, transparency logs and certificate logs (<c>trusted_root.json</c>).</summary>
public sealed class TrustedRoot
{
    private TrustedRoot(List<TrustedAuthority> authorities, List<TrustedLog> logs, List<TrustedLog> certificateLogs) =>
        (Authorities, Logs, CertificateLogs) = (authorities, logs, certificateLogs);

    internal IReadOnlyList<TrustedAuthority> Authorities { get; }

    internal IReadOnlyList<TrustedLog> Logs { get; }

    internal IReadOnlyList<TrustedLog> CertificateLogs { get; }

    /// <exception cref="SignatureException">The document is no trusted root.</exception>
    public static TrustedRoot Read(string text)
    {
        if (JsonReader.Read(Encoding.UTF8.GetBytes(text)).Result is not MapValue value
            || value.GetString("mediaType")?.StartsWith("application/vnd.dev.sigstore.trustedroot", StringComparison.Ordinal) != true)
        {
            throw new SignatureException("unable to parse trusted root: unsupported TrustedRoot media type");
        }

        var authorities = new List<TrustedAuthority>();
        foreach (var item in value.GetList("certificateAuthorities")?.OfType<MapValue>() ?? [])
        {
            var chain = item.GetMap("certChain")?.GetList("certificates")?.OfType<MapValue>()
                .Select(static c => SigstoreBundle.Base64(c.GetString("rawBytes")) ?? []).Where(static c => c.Length > 0).ToList() ?? [];
            if (chain.Count > 0)
            {
                authorities.Add(new(chain, Time(item, "start", DateTimeOffset.MinValue), Time(item, "end", DateTimeOffset.MaxValue)));
            }
        }

        return new(authorities, LogsOf(value, "tlogs"), LogsOf(value, "ctlogs"));
    }

    private static List<TrustedLog> LogsOf(MapValue value, string field)
    {
        var logs = new List<TrustedLog>();
        foreach (var item in value.GetList(field)?.OfType<MapValue>() ?? [])
        {
            if (item.GetMap("publicKey") is { } key && SigstoreBundle.Base64(key.GetString("rawBytes")) is { } der
                && SigstoreBundle.Base64(item.GetMap("logId")?.GetString("keyId")) is { } id)
            {
                logs.Add(new(id, SignatureKey.ReadDer(der), Time(key, "start", DateTimeOffset.MinValue), Time(key, "end", DateTimeOffset.MaxValue)));
            }
        }

        return logs;
    }

    private static DateTimeOffset Time(MapValue value, string field, DateTimeOffset otherwise) =>
        value.GetMap("validFor")?.GetString(field) is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : otherwise;
}
