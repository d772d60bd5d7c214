using Weir.Flux;
using Weir.Kubernetes.Client;
using Weir.Sources;
using Weir.Sources.Git;
using Weir.Sources.Signatures;

namespace Weir.Controllers;

/// <summary>Checks the signatures that a repository asks for.</summary>
internal static class GitVerificationStep
{
    private const string ModeField = "sourceVerificationMode";
    private const string SshSuffix = ".sshpub";
    private const string PgpSuffix = ".asc";

    /// <summary>True when what is stored was verified as the object asks for it now.</summary>
    public static bool IsVerified(SourceRun run, GitRepository repository) =>
        repository.Spec.Verify is not { } verify
        || (run.Object.Status.GetString(ModeField) == Mode(verify)
            && run.Conditions.IsTrue(ConditionTypes.SourceVerified)
            && run.Conditions.Find(ConditionTypes.SourceVerified)?.GetInt("observedGeneration") == run.Object.Value.GetMap("metadata")?.GetInt("generation"));

    /// <summary><see langword="null"/> to go on.</summary>
    public static async Task<SourceOutcome?> RunAsync(
        SourceServices services,
        GitClient git,
        SourceRun run,
        GitRepository repository,
        GitCheckout checkout,
        CancellationToken cancellationToken)
    {
        if (repository.Spec.Verify is not { } verify)
        {
            run.Object.Status.Remove(ModeField);
            run.Conditions.Remove(ConditionTypes.SourceVerified);
            return null;
        }

        if (checkout.Request is not { } request)
        {
            return Refuse(run, isFinal: true, SourceReasons.VerificationError, "the mirror of this repository is a directory without commits: there is no signature to verify");
        }

        var (rings, authorized) = (new List<string>(), new List<string>());
        try
        {
            foreach (var (key, text) in await SecretReader.ReadAsync(services.Client, repository.Metadata.Namespace, verify.SecretRef?.Name ?? "", cancellationToken).ConfigureAwait(false))
            {
                (key.EndsWith(SshSuffix, StringComparison.Ordinal) ? authorized : rings).Add(text);
            }
        }
        catch (ApiException e)
        {
            return Refuse(run, isFinal: false, SourceReasons.VerificationError, $"public keys secret error: {e.Message}");
        }

        var mode = Mode(verify);
        var verified = new List<string>();
        if (mode is "Tag" or "TagAndHEAD")
        {
            if (checkout.Tag.Length == 0)
            {
                return Refuse(run, isFinal: true, "InvalidVerificationMode", "cannot verify tag object's signature if a tag reference is not specified");
            }

            var (line, refusal) = await VerifyTagAsync(git, run, request, checkout, rings, authorized, cancellationToken).ConfigureAwait(false);
            if (refusal is not null)
            {
                return refusal;
            }

            verified.Add(line);
        }

        if (mode is "HEAD" or "TagAndHEAD")
        {
            try
            {
                var commit = SignedObject.OfCommit(await git.ReadCommitAsync(checkout.Repository, checkout.Commit, cancellationToken).ConfigureAwait(false));
                verified.Add($"commit '{checkout.Commit}' with key '{await VerifyAsync(commit, "commit", rings, authorized, cancellationToken).ConfigureAwait(false)}'");
            }
            catch (Exception e) when (e is SourceException or GitException)
            {
                return Refuse(run, isFinal: false, "InvalidCommitSignature", $"signature verification of commit '{checkout.Commit}' failed: {e.Message}");
            }
        }

        run.Object.Status[ModeField] = mode;
        run.Conditions.SetTrue(ConditionTypes.SourceVerified, Reasons.Succeeded, $"verified signature of\n\t- {string.Join("\n\t- ", verified)}");
        return null;
    }

    private static async Task<(string Line, SourceOutcome? Refusal)> VerifyTagAsync(
        GitClient git,
        SourceRun run,
        GitFetchRequest request,
        GitCheckout checkout,
        List<string> rings,
        List<string> authorized,
        CancellationToken cancellationToken)
    {
        var name = checkout.Tag;
        try
        {
            var (id, content) = await git.FetchTagAsync(request, checkout.Tag, checkout.Commit, cancellationToken).ConfigureAwait(false);
            name = content is null ? name : $"{name}@{id}";
            var tag = content is null ? null : SignedObject.OfTag(content);
            if (tag is null or { Signature: "" })
            {
                return ("", Refuse(run, isFinal: false, "InvalidGitObject", $"cannot verify signature of tag '{name}' since it is not signed"));
            }

            return ($"tag '{name}' with key '{await VerifyAsync(tag, "tag", rings, authorized, cancellationToken).ConfigureAwait(false)}'", null);
        }
        catch (Exception e) when (e is SourceException or GitException)
        {
            return ("", Refuse(run, isFinal: false, "InvalidTagSignature", $"signature verification of tag '{name}' failed: {e.Message}"));
        }
    }

    private static async Task<string> VerifyAsync(
        SignedObject signed, string what, List<string> rings, List<string> authorized, CancellationToken cancellationToken)
    {
        try
        {
            return signed.SignatureType switch
            {
                "openpgp" when rings.Count == 0 => throw new SourceException($"PGP signature detected but no PGP public keys found in secret (keys with {PgpSuffix} suffix)", SourceFailure.Damaged),
                "ssh" when authorized.Count == 0 => throw new SourceException($"SSH signature detected but no SSH public keys found in secret (keys with {SshSuffix} suffix)", SourceFailure.Damaged),
                "openpgp" => await PgpSignatures.VerifyAsync(signed, rings, cancellationToken).ConfigureAwait(false),
                "ssh" => await SshSignatures.VerifyAsync(signed, authorized, cancellationToken).ConfigureAwait(false),
                var other => throw new SourceException($"unsupported signature type: {other}", SourceFailure.Damaged),
            };
        }
        catch (SourceException e) when (e.Message.StartsWith("unable to", StringComparison.Ordinal))
        {
            throw new SourceException($"unable to verify Git {what}{(signed.SignatureType == "ssh" ? " SSH signature" : "")}: {e.Message}", e.Failure);
        }
    }

    private static SourceOutcome Refuse(SourceRun run, bool isFinal, string reason, string message)
    {
        run.Conditions.SetFalse(ConditionTypes.SourceVerified, reason, message);
        return isFinal ? SourceOutcome.Stalled(reason, message) : SourceOutcome.Failed(reason, message);
    }

    private static string Mode(GitVerification verify) => verify.Mode is null or "" or "head" ? "HEAD" : verify.Mode;
}
