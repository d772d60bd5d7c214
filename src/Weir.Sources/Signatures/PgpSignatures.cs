using System.Text;

namespace Weir.Sources.Signatures;

/// <summary>Checks OpenPGP signatures with the <c>gpg</c> program, each key ring in a home of its own that is gone afterwards.</summary>
public static class PgpSignatures
{
    private const string Program = "gpg";

    /// <summary>The id of the primary key, in any of the armored key rings, that made the signature.</summary>
    /// <exception cref="SourceException">None of them did; the message is that of Flux.</exception>
    public static async Task<string> VerifyAsync(SignedObject signed, IReadOnlyList<string> keyRings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(signed);
        var isAnyRead = false;
        foreach (var ring in keyRings)
        {
            var home = Directory.CreateTempSubdirectory("weir-gpg-").FullName;
            try
            {
                string[] common = ["--homedir", home, "--batch", "--no-tty", "--no-options", "--no-autostart", "--no-auto-key-retrieve", "--trust-model", "always", "--status-fd", "1"];
                var imported = await SignatureProgram.RunAsync(Program, [.. common, "--import"], Encoding.Latin1.GetBytes(ring), cancellationToken);
                if (!imported.Output.Contains("[GNUPG:] IMPORT_OK ", StringComparison.Ordinal))
                {
                    continue;
                }

                isAnyRead = true;
                var file = Path.Combine(home, "signature");
                await File.WriteAllTextAsync(file, signed.Signature, Encoding.Latin1, cancellationToken);
                var verified = await SignatureProgram.RunAsync(Program, [.. common, "--verify", file, "-"], signed.Payload, cancellationToken);
                if (verified.ExitCode == 0 && SignerOf(verified.Output) is { } key)
                {
                    return key;
                }
            }
            finally
            {
                Directory.Delete(home, recursive: true);
            }
        }

        throw new SourceException(
            isAnyRead || keyRings.Count == 0
                ? "unable to verify payload with any of the given key rings: no matching key"
                : "unable to read armored key ring: openpgp: invalid argument: no armored data found",
            SourceFailure.Damaged);
    }

    // GOODSIG is a signature of a key that has neither expired nor been revoked; VALIDSIG ends with the primary key's fingerprint.
    private static string? SignerOf(string status)
    {
        string? key = null;
        var isGood = false;
        foreach (var line in status.Split('\n'))
        {
            isGood |= line.StartsWith("[GNUPG:] GOODSIG ", StringComparison.Ordinal);
            if (line.StartsWith("[GNUPG:] VALIDSIG ", StringComparison.Ordinal) && line.TrimEnd().Split(' ')[^1] is { Length: >= 40 } fingerprint)
            {
                key = fingerprint[^16..].ToUpperInvariant();
            }
        }

        return isGood ? key : null;
    }
}
