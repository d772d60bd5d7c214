using System.Security.Cryptography;
using Weir.Flux;
using Weir.Sources;
using Weir.Sources.Helm;
using Weir.Sources.Oci;

namespace Weir.Controllers;

/// <summary>Fetches the index of a repository (or of its mirror), and reads it unless nothing changed.</summary>
internal static class HelmFetchStep
{
    public static async Task<HelmIndexFetch> RunAsync(
        SourceServices services,
        RemoteSources remotes,
        SourceRun run,
        HelmRepository repository,
        CancellationToken cancellationToken)
    {
        var spec = repository.Spec;
        if (spec.Url.StartsWith(OciUrl.Scheme, StringComparison.Ordinal))
        {
            return Stall(run, "'oci' URL scheme cannot be used with 'default' HelmRepository type");
        }

        if (!Uri.TryCreate(spec.Url, UriKind.Absolute, out _))
        {
            return Stall(run, $"parse \"{spec.Url}\": invalid URL");
        }

        var (access, problem) = await HelmAccess.FindAsync(services.Client, remotes.Mirrors, repository, cancellationToken).ConfigureAwait(false);
        if (problem is not null)
        {
            return new() { Outcome = run.FailStep(ConditionTypes.FetchFailed, SourceReasons.AuthenticationFailed, problem) };
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(spec.Timeout ?? new FluxDuration(TimeSpan.FromSeconds(60)));
        FetchedIndex fetched;
        try
        {
            var request = new HelmRepositoryRequest { Url = spec.Url, Access = access, PassCredentials = spec.PassCredentials == true };
            fetched = await remotes.Repositories.FetchIndexAsync(request, limit.Token).ConfigureAwait(false);
        }
        catch (SourceException e)
        {
            return Fail(run, e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Fail(run, "context deadline exceeded");
        }

        var revision = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(fetched.Content));
        if (run.Revision == revision)
        {
            run.Conditions.Remove(ConditionTypes.FetchFailed);
            return new() { Revision = revision, Mirror = fetched.Mirror };
        }

        byte[] content;
        try
        {
            content = HelmIndexJson.Write(fetched.Content);
        }
        catch (SourceException e)
        {
            var message = $"failed to load Helm repository from index YAML: {e.Message}";
            return new() { Outcome = run.FailStep(ConditionTypes.FetchFailed, SourceReasons.IndexationFailed, message) };
        }

        run.Conditions.Remove(ConditionTypes.FetchFailed);
        await run.OutdateAsync($"new index revision '{revision}'", cancellationToken).ConfigureAwait(false);
        return new() { Revision = revision, Content = content, Mirror = fetched.Mirror };
    }

    private static HelmIndexFetch Fail(SourceRun run, string cause) => new()
    {
        Outcome = run.FailStep(
            ConditionTypes.FetchFailed,
            Reasons.Failed,
            $"failed to fetch Helm repository index: failed to cache index to temporary file: {cause}"),
    };

    private static HelmIndexFetch Stall(SourceRun run, string cause) => new()
    {
        Outcome = run.StallStep(ConditionTypes.FetchFailed, SourceReasons.UrlInvalid, $"invalid Helm repository URL: {cause}"),
    };
}
