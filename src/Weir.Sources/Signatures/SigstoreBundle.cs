using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Sources.Signatures;

/// <summary>A Sigstore bundle of an artifact: a statement about it in an envelope, its signature, and what proves the signer.</summary>
public sealed class SigstoreBundle
{
    private readonly MapValue _value;
    private readonly string _payloadType;

    private SigstoreBundle(MapValue value, string payloadType, byte[] payload, byte[] signature)
    {
        (_value, _payloadType, Payload, Signature) = (value, payloadType, payload, signature);
        Statement = JsonReader.Read(payload).Result as MapValue ?? [];
    }

    /// <summary>What the envelope holds.</summary>
    public byte[] Payload { get; }

    public byte[] Signature { get; }

    /// <summary>The statement of in-toto; empty when the payload is none.</summary>
    public MapValue Statement { get; }

    /// <summary>The certificate of the signer in DER, or <see langword="null"/> when a key signed.</summary>
    public byte[]? Certificate =>
        Base64(Material?.GetMap("certificate")?.GetString("rawBytes"))
        ?? Base64((Material?.GetMap("x509CertificateChain")?.GetList("certificates") is { Count: > 0 } chain ? chain[0] as MapValue : null)?.GetString("rawBytes"));

    /// <summary>The entries of transparency logs.</summary>
    public IEnumerable<MapValue> LogEntries => Material?.GetList("tlogEntries")?.OfType<MapValue>() ?? [];

    private MapValue? Material => _value.GetMap("verificationMaterial");

    /// <summary>Reads a bundle with an envelope of one signature; <see langword="null"/> for anything else.</summary>
    public static SigstoreBundle? Read(byte[] content)
    {
        if (JsonReader.Read(content).Result is not MapValue value || value.GetMap("dsseEnvelope") is not { } envelope
            || Base64(envelope.GetString("payload")) is not { } payload
            || envelope.GetList("signatures") is not { Count: 1 } signatures
            || Base64((signatures[0] as MapValue)?.GetString("sig")) is not { } signature)
        {
            return null;
        }

        return new(value, envelope.GetString("payloadType") ?? "", payload, signature);
    }

    /// <summary>True when the statement names the digest (<c>sha256:…</c>) among its subjects.</summary>
    public bool IsAbout(string digest)
    {
        if (_payloadType != "application/vnd.in-toto+json")
        {
            return false;
        }

        foreach (var subject in Statement.GetList("subject")?.OfType<MapValue>() ?? [])
        {
            if (digest.StartsWith("sha256:", StringComparison.Ordinal) && subject.GetMap("digest")?.GetString("sha256") == digest["sha256:".Length..])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True when the key signed the envelope.</summary>
    public bool IsSignedBy(SignatureKey key, string hash = "SHA-256") => key.Verifies(Encoded(), Signature, hash);

    /// <summary>The digest of the envelope's payload, as log entries name it.</summary>
    public string PayloadHash => Convert.ToHexStringLower(SHA256.HashData(Payload));

    internal static byte[]? Base64(string? text)
    {
        if (text is null)
        {
            return null;
        }

        var bytes = new byte[(text.Length * 3 / 4) + 3];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }

    // What is signed is the payload with its type and both lengths before it.
    private byte[] Encoded()
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"DSSEv1 {Encoding.UTF8.GetByteCount(_payloadType)} {_payloadType} {Payload.Length} ");
        return [.. Encoding.UTF8.GetBytes(head), .. Payload];
    }
}
