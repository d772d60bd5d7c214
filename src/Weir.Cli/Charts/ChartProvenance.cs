using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Weir.Sources;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Cli.Charts;

/// <summary>
/// Checks a provenance file: a text signed with a key of a keyring that names the digest of the packed chart. The program
/// <c>gpg</c> checks the signature, with an empty home of its own so that nothing but the keyring counts.
/// </summary>
internal static class ChartProvenance
{
    /// <exception cref="SourceException">The signature or the digest is not right, or gpg is not there.</exception>
    public static void Verify(byte[] chart, byte[] provenance, string fileName, string? keyring)
    {
        keyring ??= Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".gnupg", "pubring.gpg");
        if (!File.Exists(keyring))
        {
            throw Refused($"failed to load keyring: {keyring} is not there");
        }

        var digest = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(chart));
        var signed = SignedText(provenance, Path.GetFullPath(keyring));
        if (Digests(signed)?.GetString(fileName) is not { } expected)
        {
            throw Refused($"provenance does not contain a SHA for a file named {GoQuote.Quote(fileName)}");
        }

        if (expected != digest)
        {
            throw Refused($"sha256 sum does not match for {fileName}: {GoQuote.Quote(expected)} != {GoQuote.Quote(digest)}");
        }
    }

    /// <summary>The text that was signed, if a key of the keyring signed it.</summary>
    private static string SignedText(byte[] provenance, string keyring)
    {
        var home = Directory.CreateTempSubdirectory("weir-gpg-");
        try
        {
            var signature = Path.Combine(home.FullName, "chart.prov");
            var status = Path.Combine(home.FullName, "status");
            File.WriteAllBytes(signature, provenance);
            var text = Run("--batch", "--no-options", "--homedir", home.FullName, "--no-default-keyring", "--keyring", keyring, "--status-file", status, "--output", "-", "--decrypt", signature);
            var lines = File.Exists(status) ? File.ReadAllLines(status) : [];
            if (!Array.Exists(lines, l => l.StartsWith("[GNUPG:] VALIDSIG ", StringComparison.Ordinal)))
            {
                throw Refused(Reason(lines));
            }

            return text;
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    private static string Reason(string[] status) =>
        Array.Exists(status, l => l.Contains(" NO_PUBKEY ", StringComparison.Ordinal)) ? "openpgp: signature made by unknown entity"
        : Array.Exists(status, l => l.Contains(" BADSIG ", StringComparison.Ordinal)) ? "openpgp: invalid signature: the provenance file was changed"
        : Array.Exists(status, l => l.Contains(" EXPKEYSIG ", StringComparison.Ordinal)) ? "openpgp: the signing key has expired"
        : Array.Exists(status, l => l.Contains(" REVKEYSIG ", StringComparison.Ordinal)) ? "openpgp: the signing key was revoked"
        : "signature block not found";

    private static string Run(params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("gpg", arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = Encoding.UTF8,
            })!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            errors.Wait();
            return output;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw Refused($"--verify needs the program gpg: {e.Message}");
        }
    }

    /// <summary>The digests by file name, which follow the line <c>...</c> after the chart's metadata.</summary>
    private static MapValue? Digests(string signed)
    {
        const string end = "\n...\n";
        var text = signed.Replace("\r\n", "\n", StringComparison.Ordinal);
        var at = text.IndexOf(end, StringComparison.Ordinal);
        return at < 0 ? null : (YamlReader.Read(text[(at + end.Length)..]).Result as MapValue)?.GetMap("files");
    }

    private static SourceException Refused(string message) => new(message, SourceFailure.InvalidRequest);
}
