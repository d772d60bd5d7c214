using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;
using Weir.ApiServer.Encoding;
using Weir.ApiServer.Reading;
using Weir.ApiServer.Requests;
using Weir.ApiServer.Resources;
using Weir.ApiServer.Statuses;
using Weir.ApiServer.Storage;
using Weir.ApiServer.Tables;

namespace Weir.ApiServer.Watching;

/// <summary>
/// Streams changes. A watcher reads the table's window at its own pace; one that falls behind the window is told that its version expired.
/// </summary>
internal sealed class WatchHandler(ObjectStore store, TimeProvider time, CancellationToken stopping)
{
    private static readonly TimeSpan BookmarkInterval = TimeSpan.FromSeconds(55);

    /// <summary>kube-apiserver ends watches at random between one and two of this.</summary>
    private static readonly TimeSpan MinimumTimeout = TimeSpan.FromMinutes(30);

    public async Task HandleAsync(RequestContext context, ServedResource resource, ListOptions options)
    {
        var negotiation = Negotiation.Choose(context.Http.Request.Headers.Accept, mayTransform: true, hasProtobuf: false);
        context.Format = MediaFormat.Json;
        if (context.Path.Name.Length > 0)
        {
            // A watch of one object.
            var byName = $"metadata.name={context.Path.Name}";
            options = options with { FieldSelector = options.FieldSelector.Length == 0 ? byName : $"{options.FieldSelector},{byName}" };
        }

        var selector = ObjectSelector.Parse(resource, options.LabelSelector, options.FieldSelector);
        var scope = resource.Type.IsNamespaced && context.Path.Namespace.Length > 0 ? context.Path.Namespace : null;
        var encoder = new WatchEncoder(resource, negotiation, TableWriter.Include(context), time);
        var version = ResourceVersions.ForList(options.ResourceVersion);
        long position;
        ObjectSet? initial = null;
        if (options.SendInitialEvents ?? (version == 0))
        {
            ResourceVersions.CheckReached(store, version);
            (initial, position) = resource.Table.Snapshot();
        }
        else if (version == 0)
        {
            (_, position) = resource.Table.Snapshot();
        }
        else if (!resource.Table.TryFindPosition(version, out position))
        {
            await StartAsync(context).ConfigureAwait(false);
            await context.Http.Response.BodyWriter.WriteAsync(WatchEncoder.Error(Expired(version, resource.Table.Compacted)), context.Aborted).ConfigureAwait(false);
            return;
        }

        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(context.Aborted, stopping);
        timeout.CancelAfter(options.Timeout ?? MinimumTimeout + TimeSpan.FromSeconds(Random.Shared.Next(1_800)));
        await StartAsync(context).ConfigureAwait(false);
        try
        {
            var writer = context.Http.Response.BodyWriter;
            if (initial is not null)
            {
                await SendInitialAsync(writer, options, selector, scope, encoder, initial, timeout.Token).ConfigureAwait(false);
            }

            await FollowAsync(writer, resource.Table, options, selector, scope, encoder, position, timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            // The time is over, the client has gone, or the server stops: the stream just ends.
        }
    }

    private static async Task StartAsync(RequestContext context)
    {
        var response = context.Http.Response;
        response.StatusCode = 200;
        response.ContentType = Negotiation.JsonType;
        ResponseWriter.WriteWarnings(context);
        context.Http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await response.StartAsync(context.Aborted).ConfigureAwait(false);
        await response.BodyWriter.FlushAsync(context.Aborted).ConfigureAwait(false);
    }

    private async Task SendInitialAsync(
        PipeWriter writer, ListOptions options, ObjectSelector selector, string? scope, WatchEncoder encoder, ObjectSet initial, CancellationToken cancellation)
    {
        var version = store.Version;
        foreach (var item in initial.List(scope))
        {
            if (!selector.Matches(item))
            {
                continue;
            }

            writer.Write(encoder.Encode("ADDED", item).Span);
            if (writer.UnflushedBytes > 64 * 1024)
            {
                await writer.FlushAsync(cancellation).ConfigureAwait(false);
            }
        }

        if (options is { SendInitialEvents: true, AllowWatchBookmarks: true })
        {
            writer.Write(encoder.Bookmark(version, endsInitialEvents: true).Span);
        }

        await writer.FlushAsync(cancellation).ConfigureAwait(false);
    }

    private async Task FollowAsync(
        PipeWriter writer, ResourceTable table, ListOptions options, ObjectSelector selector, string? scope, WatchEncoder encoder, long position, CancellationToken cancellation)
    {
        var changes = new List<ObjectEvent>();
        var seen = 0L;
        var lastBookmark = time.GetTimestamp();
        while (true)
        {
            changes.Clear();
            if (!table.Read(ref position, changes, out var pulse))
            {
                await writer.WriteAsync(WatchEncoder.Error(Expired(seen, table.Compacted)), cancellation).ConfigureAwait(false);
                return;
            }

            foreach (var change in changes)
            {
                seen = change.Version;
                if (scope is null || change.Subject.Namespace == scope)
                {
                    Write(writer, encoder, selector, change);
                }
            }

            if (changes.Count > 0)
            {
                await writer.FlushAsync(cancellation).ConfigureAwait(false);
                continue;
            }

            if (!options.AllowWatchBookmarks)
            {
                await pulse.WaitAsync(cancellation).ConfigureAwait(false);
                continue;
            }

            var due = BookmarkInterval - time.GetElapsedTime(lastBookmark);
            if (due > TimeSpan.Zero)
            {
                try
                {
                    await pulse.WaitAsync(due, time, cancellation).ConfigureAwait(false);
                }
                catch (TimeoutException)
                {
                    // Time for a bookmark.
                }

                continue;
            }

            lastBookmark = time.GetTimestamp();
            await writer.WriteAsync(encoder.Bookmark(store.Version, endsInitialEvents: false), cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>A change as this watcher sees it: what starts to match is added, what no longer matches is deleted.</summary>
    private static void Write(PipeWriter writer, WatchEncoder encoder, ObjectSelector selector, ObjectEvent change)
    {
        var matched = change.Previous is { } previous && selector.Matches(previous);
        if (change.Current is { } current && selector.Matches(current))
        {
            writer.Write(encoder.Encode(matched ? "MODIFIED" : "ADDED", current).Span);
        }
        else if (matched)
        {
            // What left the selection is sent in its last matching state under the new version.
            writer.Write(encoder.Encode("DELETED", change.Deleted ?? new DraftObject(change.Previous!.Decode()).At(change.Version)).Span);
        }
    }

    private static ApiStatus Expired(long version, long compacted) =>
        ApiStatus.Expired(string.Create(CultureInfo.InvariantCulture, $"too old resource version: {version} ({compacted})"));
}
