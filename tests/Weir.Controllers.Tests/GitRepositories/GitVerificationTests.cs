using System.Diagnostics;
using Weir.Controllers.Tests.Sources;
using Weir.Flux;
using Weir.Values;

namespace Weir.Controllers.Tests.GitRepositories;

/// <summary>Signatures of commits and tags, made by the real <c>gpg</c> and <c>ssh-keygen</c>.</summary>
public sealed class GitVerificationTests(SourceWorld world) : IAsyncLifetime
{
    private const string Url = "https://git.example.com/signed";
    private readonly string _folder = Directory.CreateTempSubdirectory("weir-signed-").FullName;

    private string Repository => Path.Combine(_folder, "repository");

    private string Gnupg => Path.Combine(_folder, "gnupg");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Repository);
        Directory.CreateDirectory(Gnupg);
        await File.WriteAllTextAsync(Path.Combine(Repository, "a.yaml"), "a: b\n");
        await GitAsync("init", "--quiet", "--initial-branch=main");
        await GitAsync("add", "-A");
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("gpgconf", "--homedir", Gnupg, "--kill", "all");
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_commit_signed_by_a_trusted_OpenPGP_key_is_verified()
    {
        var (id, key) = await PgpKeyAsync("one");
        await CommitAsync("user.signingKey=" + id, "-S");
        var commit = (await GitAsync("rev-parse", "HEAD")).Trim();
        using var scene = await world.EnterAsync((Url, Repository, ""));
        await scene.CreateSecretAsync("keys", ("one.asc", key));

        var repository = await scene.ReconcileAsync(Object("HEAD"));

        Assert.Equal($"True Succeeded verified signature of\n\t- commit '{commit}' with key '{id[^16..]}'", SourceScene.Condition(repository, ConditionTypes.SourceVerified));
        Assert.StartsWith("True Succeeded stored artifact", SourceScene.Condition(repository, ConditionTypes.Ready), StringComparison.Ordinal);
        Assert.Equal("HEAD", repository.GetMap("status")!.GetString("sourceVerificationMode"));
    }

    [Fact]
    public async Task A_commit_of_an_unknown_key_is_not_used()
    {
        var (id, _) = await PgpKeyAsync("one");
        var (_, other) = await PgpKeyAsync("two");
        await CommitAsync("user.signingKey=" + id, "-S");
        var commit = (await GitAsync("rev-parse", "HEAD")).Trim();
        using var scene = await world.EnterAsync((Url, Repository, ""));
        await scene.CreateSecretAsync("keys", ("two.asc", other));

        var repository = await scene.ReconcileAsync(Object("head"));

        var message = $"False InvalidCommitSignature signature verification of commit '{commit}' failed: unable to verify Git commit: unable to verify payload with any of the given key rings: no matching key";
        Assert.Equal(message, SourceScene.Condition(repository, ConditionTypes.SourceVerified));
        Assert.Equal(message, SourceScene.Condition(repository, ConditionTypes.Ready));
        Assert.Equal("", SourceScene.Artifact(repository, "revision"));
    }

    [Theory]
    [InlineData("ed25519", "")]
    [InlineData("ecdsa", "")]
    [InlineData("rsa", "")]
    [InlineData("ed25519", "namespaces=\"git\" ")]
    public async Task A_commit_signed_by_a_trusted_SSH_key_is_verified(string type, string options)
    {
        var (file, key, fingerprint) = await SshKeyAsync(type);
        await CommitAsync("user.signingKey=" + file, "-S", "-c", "gpg.format=ssh");
        var commit = (await GitAsync("rev-parse", "HEAD")).Trim();
        using var scene = await world.EnterAsync((Url, Repository, ""));
        await scene.CreateSecretAsync("keys", ("all.sshpub", $"# keys\n\n{options}{key}\n"));

        var repository = await scene.ReconcileAsync(Object("HEAD"));

        Assert.Equal($"True Succeeded verified signature of\n\t- commit '{commit}' with key '{fingerprint}'", SourceScene.Condition(repository, ConditionTypes.SourceVerified));
    }

    [Fact]
    public async Task Tags_and_their_commits_are_verified_together()
    {
        var (id, key) = await PgpKeyAsync("one");
        var (file, ssh, fingerprint) = await SshKeyAsync("ed25519");
        await CommitAsync("user.signingKey=" + file, "-S", "-c", "gpg.format=ssh");
        await GitAsync("-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "user.signingKey=" + id, "tag", "-s", "-m", "one", "v1.0.0");
        var (commit, tag) = ((await GitAsync("rev-parse", "HEAD")).Trim(), (await GitAsync("rev-parse", "v1.0.0")).Trim());
        using var scene = await world.EnterAsync((Url, Repository, ""));
        await scene.CreateSecretAsync("keys", ("one.asc", key), ("two.sshpub", ssh));

        var repository = await scene.ReconcileAsync(Object("TagAndHEAD", "semver: '>=1.0.0'"));

        Assert.Equal(
            $"True Succeeded verified signature of\n\t- tag 'v1.0.0@{tag}' with key '{id[^16..]}'\n\t- commit '{commit}' with key '{fingerprint}'",
            SourceScene.Condition(repository, ConditionTypes.SourceVerified));
        Assert.Equal("TagAndHEAD", repository.GetMap("status")!.GetString("sourceVerificationMode"));

        // Asking for less is verified again; asking for nothing forgets it.
        repository = await scene.ReconcileAsync(Object("Tag", "name: refs/tags/v1.0.0"));
        Assert.Equal($"True Succeeded verified signature of\n\t- tag 'v1.0.0@{tag}' with key '{id[^16..]}'", SourceScene.Condition(repository, ConditionTypes.SourceVerified));
        repository = await scene.ReconcileAsync(Object("Tag", "tag: v1.0.0").Split("  verify", StringSplitOptions.None)[0]);
        Assert.Equal("", SourceScene.Condition(repository, ConditionTypes.SourceVerified));
        Assert.Null(repository.GetMap("status")!["sourceVerificationMode"]);
    }

    [Theory]
    [InlineData("Tag", "branch: main", "InvalidVerificationMode cannot verify tag object's signature if a tag reference is not specified", true)]
    [InlineData("Tag", "tag: light", "InvalidGitObject cannot verify signature of tag 'light' since it is not signed", false)]
    [InlineData("Tag", "tag: noted", "InvalidGitObject cannot verify signature of tag 'noted@TAG' since it is not signed", false)]
    [InlineData("HEAD", "branch: main", "InvalidCommitSignature signature verification of commit 'COMMIT' failed: unsupported signature type: empty", false)]
    public async Task What_is_not_signed_is_told(string mode, string reference, string message, bool isFinal)
    {
        await CommitAsync("user.signingKey=none");
        await GitAsync("tag", "light");
        await GitAsync("-c", "user.name=t", "-c", "user.email=t@example.com", "tag", "-a", "-m", "one", "noted");
        message = message.Replace("TAG", (await GitAsync("rev-parse", "noted")).Trim(), StringComparison.Ordinal)
            .Replace("COMMIT", (await GitAsync("rev-parse", "HEAD")).Trim(), StringComparison.Ordinal);
        using var scene = await world.EnterAsync((Url, Repository, ""));
        await scene.CreateSecretAsync("keys", ("one.asc", "nonsense"));

        var repository = await scene.ReconcileAsync(Object(mode, reference));

        Assert.Equal("False " + message, SourceScene.Condition(repository, ConditionTypes.SourceVerified));
        Assert.Equal("False " + message, SourceScene.Condition(repository, ConditionTypes.Ready));
        Assert.Equal(isFinal ? "True " + message : "", SourceScene.Condition(repository, ConditionTypes.Stalled));
    }

    [Fact]
    public async Task Keys_that_are_missing_or_of_the_other_kind_are_told()
    {
        var (file, key, _) = await SshKeyAsync("ed25519");
        await CommitAsync("user.signingKey=" + file, "-S", "-c", "gpg.format=ssh");
        using var scene = await world.EnterAsync((Url, Repository, ""));

        var repository = await scene.ReconcileAsync(Object("HEAD"));
        Assert.Equal("False VerificationError public keys secret error: secrets \"keys\" not found", SourceScene.Condition(repository, ConditionTypes.SourceVerified));

        await scene.CreateSecretAsync("keys", ("key.asc", key));
        repository = await scene.ReconcileAsync(GitRepository.Kind, "signed");
        Assert.EndsWith("failed: SSH signature detected but no SSH public keys found in secret (keys with .sshpub suffix)", SourceScene.Condition(repository, ConditionTypes.SourceVerified), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_commit_does_not_carry_the_signature_of_the_old_one()
    {
        var (id, key) = await PgpKeyAsync("one");
        await CommitAsync("user.signingKey=" + id, "-S");
        var forged = (await GitAsync("cat-file", "commit", "HEAD")).Replace("\n\none", "\n\ntwo", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(_folder, "forged"), forged, TestContext.Current.CancellationToken);
        await GitAsync("reset", "--hard", (await GitAsync("hash-object", "-t", "commit", "-w", Path.Combine(_folder, "forged"))).Trim());
        using var scene = await world.EnterAsync((Url, Repository, ""));
        await scene.CreateSecretAsync("keys", ("one.asc", key));

        var repository = await scene.ReconcileAsync(Object("HEAD"));

        Assert.StartsWith("False InvalidCommitSignature", SourceScene.Condition(repository, ConditionTypes.SourceVerified), StringComparison.Ordinal);
    }

    private static string Object(string mode, string reference = "branch: main") => $$"""
        apiVersion: source.toolkit.fluxcd.io/v1
        kind: GitRepository
        metadata: {name: signed}
        spec:
          interval: 1h
          url: {{Url}}
          ref:
            {{reference}}
          verify:
            mode: {{mode}}
            secretRef: {name: keys}
        """;

    private async Task<(string Id, string Key)> PgpKeyAsync(string name)
    {
        await RunAsync("gpg", "--homedir", Gnupg, "--batch", "--passphrase", "", "--quick-gen-key", $"{name}@example.com", "ed25519", "sign");
        var list = await RunAsync("gpg", "--homedir", Gnupg, "--batch", "--with-colons", "--list-keys", $"{name}@example.com");
        var id = list.Split('\n').First(static l => l.StartsWith("fpr:", StringComparison.Ordinal)).Split(':')[9];
        return (id, await RunAsync("gpg", "--homedir", Gnupg, "--batch", "--armor", "--export", id));
    }

    private async Task<(string File, string Key, string Fingerprint)> SshKeyAsync(string type)
    {
        var file = Path.Combine(_folder, type);
        await RunAsync("ssh-keygen", "-q", "-t", type, "-N", "", "-C", "t", "-f", file);
        var listed = await RunAsync("ssh-keygen", "-l", "-f", file + ".pub");
        return (file, (await File.ReadAllTextAsync(file + ".pub")).Trim(), listed.Split(' ')[1]);
    }

    private Task<string> CommitAsync(string key, string? sign = null, params string[] settings) => GitAsync(
    [
        "-c", "user.name=t", "-c", "user.email=t@example.com", "-c", key, .. settings, "commit", "--quiet", "-m", "one",
        .. (sign is null ? (string[])[] : [sign]),
    ]);

    private Task<string> GitAsync(params string[] arguments) => RunAsync("git", ["-C", Repository, .. arguments]);

    private async Task<string> RunAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["GNUPGHOME"] = Gnupg;
        using var process = Process.Start(start)!;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0 || program == "gpgconf", $"{program} {string.Join(' ', arguments)}");
        return output;
    }
}
