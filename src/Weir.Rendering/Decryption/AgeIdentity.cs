namespace Weir.Rendering;

/// <summary>A private key of age.</summary>
public sealed class AgeIdentity
{
    private const string Prefix = "age-secret-key-";

    private AgeIdentity(byte[] scalar)
    {
        Scalar = scalar;
        PublicKey = X25519.PublicKey(scalar);
    }

    internal byte[] Scalar { get; }

    internal byte[] PublicKey { get; }

    /// <summary>The keys of a file as <c>age-keygen</c> writes it; a line that is no key is named, without its text.</summary>
    public static (IReadOnlyList<AgeIdentity> Identities, string? Problem) ReadAll(string text)
    {
        var identities = new List<AgeIdentity>();
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var trimmed = line.Trim();
            if (trimmed.Length == 0 || trimmed[0] == '#')
            {
                continue;
            }

            if (trimmed.StartsWith("AGE-SECRET-KEY-PQ-", StringComparison.OrdinalIgnoreCase) || trimmed.StartsWith("AGE-PLUGIN-", StringComparison.OrdinalIgnoreCase))
            {
                return ([], $"line {number} is a post-quantum or plugin key, which is not supported: only X25519 keys are");
            }

            if (Bech32.Decode(trimmed, Prefix) is not { Length: 32 } scalar)
            {
                return ([], $"line {number} is no age secret key");
            }

            identities.Add(new(scalar));
        }

        return (identities, null);
    }

    /// <summary>Keys are never shown.</summary>
    public override string ToString() => "age identity";
}
