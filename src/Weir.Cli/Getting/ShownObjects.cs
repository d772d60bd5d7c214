using Weir.Flux;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Cli.Getting;

/// <summary>Prints the objects of a kind, once or for as long as they change.</summary>
internal sealed class ShownObjects(KubernetesClient client, TextWriter output, StatusSelector? selector, FluxColumns columns, bool withHeader)
{
    /// <summary>Prints what is there and answers how many objects there are, also of those that the selector leaves out.</summary>
    /// <exception cref="CommandFailure">The cluster cannot be asked.</exception>
    public async Task<int> PrintAsync(KindDefinition kind, ListOptions options, bool absentIsEmpty, CancellationToken cancellationToken)
    {
        var objects = await ListAsync(kind, options, absentIsEmpty, cancellationToken);
        var rows = objects.Items.Where(o => selector?.Matches(o) ?? true).Select(FluxRow.Of).ToList();
        if (objects.Items.Count > 0 && (rows.Count > 0 || !columns.Kind))
        {
            FluxTable.Print(output, rows, columns, withHeader);
            if (columns.Kind)
            {
                await output.WriteLineAsync();
            }
        }

        return objects.Items.Count;
    }

    /// <summary>Prints what is there and every change after it, until cancelled.</summary>
    public async Task WatchAsync(KindDefinition kind, ListOptions options, CancellationToken cancellationToken)
    {
        var isFirst = true;
        while (true)
        {
            var objects = await ListAsync(kind, options, absentIsEmpty: false, cancellationToken);
            if (isFirst)
            {
                FluxTable.Print(output, [.. objects.Items.Where(o => selector?.Matches(o) ?? true).Select(FluxRow.Of)], columns, withHeader);
                await output.FlushAsync(cancellationToken);
                isFirst = false;
            }

            try
            {
                await foreach (var change in client.WatchAsync(kind.Kind, options, objects.ResourceVersion, cancellationToken))
                {
                    if (change.Type is not WatchEventType.Bookmark && (selector?.Matches(change.Object) ?? true))
                    {
                        FluxTable.Print(output, [FluxRow.Of(change.Object)], columns, withHeader: false);
                        await output.FlushAsync(cancellationToken);
                    }
                }
            }
            catch (ApiException e) when (e.IsExpired)
            {
                // The next list starts a new watch.
            }
            catch (ApiException e)
            {
                throw new CommandFailure(e.Message);
            }
        }
    }

    private async Task<ObjectList> ListAsync(KindDefinition kind, ListOptions options, bool absentIsEmpty, CancellationToken cancellationToken)
    {
        try
        {
            return await client.ListAsync(kind.Kind, options, cancellationToken);
        }
        catch (KindNotServedException) when (absentIsEmpty)
        {
            return new([], "");
        }
        catch (KindNotServedException e)
        {
            throw new CommandFailure($"{e.Message}; is the engine installed in this cluster?");
        }
        catch (ApiException e)
        {
            throw new CommandFailure(e.Message);
        }
        catch (HttpRequestException e)
        {
            throw new CommandFailure($"cannot reach {client.Connection.Server}: {e.Message}");
        }
    }
}
