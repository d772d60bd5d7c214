using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Weir.Cli.Tests.Charts;

/// <summary>Someone who signs charts with a key of the real <c>gpg</c>, in a home of its own.</summary>
internal sealed class TestSigner : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("weir-gpg-").FullName;

    public TestSigner(string name)
    {
        Run("gpg", "--batch", "--passphrase", "", "--quick-generate-key", $"{name} <{name}@example.com>", "rsa2048", "sign", "never");
        Keyring = Path.Combine(_home, "public.gpg");
        Run("gpg", "--batch", "--output", Keyring, "--export");
    }

    public static bool IsInstalled => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(d => File.Exists(Path.Combine(d, "gpg")));

    /// <summary>A file with the public key.</summary>
    public string Keyring { get; }

    /// <summary>The provenance file of a chart, as <c>helm package --sign</c> writes it.</summary>
    public byte[] Sign(string fileName, byte[] chart)
    {
        var text = Path.Combine(_home, "text");
        File.WriteAllText(text, $"apiVersion: v2\nname: app\nversion: 1.2.3\n\n...\nfiles:\n  {fileName}: sha256:{Convert.ToHexStringLower(SHA256.HashData(chart))}\n");
        Run("gpg", "--batch", "--yes", "--output", text + ".asc", "--clearsign", text);
        return File.ReadAllBytes(text + ".asc");
    }

    public void Dispose()
    {
        Run("gpgconf", "--kill", "gpg-agent");
        Directory.Delete(_home, recursive: true);
    }

    private void Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["GNUPGHOME"] = _home;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
    }
}
