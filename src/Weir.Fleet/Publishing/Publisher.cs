using Polly;
using Polly.Retry;
using Weir.Values;

namespace Weir.Fleet.Publishing;

/// <summary>Keeps one comment of a merge request, and one status of its commit. A comment is replaced as a whole or not at all.</summary>
public abstract class Publisher : IDisposable
{
    private const int LongestSummary = 140;

    private readonly ResiliencePipeline _creation;

    private protected Publisher(ApiHost host, HttpMessageHandler? handler, TimeProvider time)
    {
        Api = new RestApi(host, handler, time);

        // An answer that was lost may have been a success: look for the comment before writing it again.
        _creation = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = 3,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromSeconds(2),
                ShouldHandle = static args => ValueTask.FromResult(args.Outcome.Exception is PublishException { IsOutcomeUnknown: true }),
            })
            .Build();
    }

    /// <summary>The most characters of a comment here.</summary>
    public abstract int SizeLimit { get; }

    private protected RestApi Api { get; }

    /// <summary>Writes the comment, then the status.</summary>
    /// <exception cref="PublishException">It cannot be done; a comment from before is as it was unless the status alone failed.</exception>
    public async Task<PublishedComment> PublishAsync(Publication publication, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(publication);
        if (publication.Body.Length > SizeLimit)
        {
            throw new PublishException(
                $"the comment has {publication.Body.Length} characters and {SizeLimit} is the most here; write it with --max-size {SizeLimit - CommentMarker.LengthOf(publication.Marker)} or less");
        }

        var comment = await _creation.ExecuteAsync(async token =>
        {
            var old = await FindAsync(publication.Marker, token).ConfigureAwait(false);
            return old is null
                ? new PublishedComment(true, await CreateAsync(publication, token).ConfigureAwait(false))
                : new PublishedComment(false, await UpdateAsync(old, publication, token).ConfigureAwait(false));
        }, cancellationToken).ConfigureAwait(false);
        if (publication is { HasStatus: true, Verdict: { } verdict })
        {
            await SetStatusAsync(publication, verdict, cancellationToken).ConfigureAwait(false);
        }

        return comment;
    }

    public void Dispose()
    {
        Api.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Our comment from before, or <see langword="null"/>.</summary>
    private protected abstract Task<MapValue?> FindAsync(string marker, CancellationToken cancellationToken);

    /// <summary>Makes the comment and answers its address.</summary>
    private protected abstract Task<string> CreateAsync(Publication publication, CancellationToken cancellationToken);

    /// <summary>Replaces the comment and answers its address.</summary>
    private protected abstract Task<string> UpdateAsync(MapValue old, Publication publication, CancellationToken cancellationToken);

    private protected abstract Task SetStatusAsync(Publication publication, ReportVerdict verdict, CancellationToken cancellationToken);

    private protected static string Summary(Publication publication) =>
        publication.Summary.Length > LongestSummary ? publication.Summary[..(LongestSummary - 1)] + "…" : publication.Summary;
}
