using System.Text;
using System.Text.RegularExpressions;

namespace Weir.Sources.Signatures;

/// <summary>Checks SSH signatures of Git with the <c>ssh-keygen</c> program.</summary>
public static partial class SshSignatures
{
    private const string Program = "ssh-keygen";
    private const string Signer = "signer";

    /// <summary>The fingerprint (<c>SHA256:…</c>) of the key, in any of the texts of authorized keys, that made the signature.</summary>
    /// <exception cref="SourceException">None of them did; the message is that of Flux.</exception>
    public static async Task<string> VerifyAsync(SignedObject signed, IReadOnlyList<string> authorizedKeys, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(signed);
        var allowed = new StringBuilder();
        var isAnyRead = false;
        foreach (var text in authorizedKeys)
        {
            if (Read(text) is not { } keys)
            {
                continue;
            }

            isAnyRead = true;
            foreach (var key in keys)
            {
                allowed.Append(Signer).Append(" namespaces=\"git\" ").Append(key).Append('\n');
            }
        }

        if (!isAnyRead && authorizedKeys.Count > 0)
        {
            throw new SourceException("unable to parse authorized keys: unable to parse authorized key: ssh: no key found", SourceFailure.Damaged);
        }

        var folder = Directory.CreateTempSubdirectory("weir-ssh-").FullName;
        try
        {
            var (signers, signature) = (Path.Combine(folder, "allowed_signers"), Path.Combine(folder, "signature"));
            await File.WriteAllTextAsync(signers, allowed.ToString(), cancellationToken);
            await File.WriteAllTextAsync(signature, signed.Signature.TrimEnd() + "\n", Encoding.Latin1, cancellationToken);
            var (code, output, _) = await SignatureProgram.RunAsync(
                Program, ["-Y", "verify", "-f", signers, "-I", Signer, "-n", "git", "-s", signature], signed.Payload, cancellationToken);
            return code == 0 && Fingerprint().Match(output) is { Success: true } match
                ? match.Value
                : throw new SourceException("unable to verify payload with any of the given authorized keys: no matching key", SourceFailure.Damaged);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // As in Flux one line that is no key spoils the text it stands in.
    private static List<string>? Read(string text)
    {
        var keys = new List<string>();
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] == '#')
            {
                continue;
            }

            if (Key().Match(line) is not { Success: true } match)
            {
                return null;
            }

            keys.Add(match.Groups["key"].Value);
        }

        return keys;
    }

    [GeneratedRegex(@"(^|\s)(?<key>(ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)|sk-ssh-ed25519@openssh\.com|sk-ecdsa-sha2-nistp256@openssh\.com)\s+AAAA[A-Za-z0-9+/]+={0,2})(\s|$)")]
    private static partial Regex Key();

    [GeneratedRegex("SHA256:[A-Za-z0-9+/]+")]
    private static partial Regex Fingerprint();
}
