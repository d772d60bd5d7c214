using Weir.Flux;

namespace Weir.Controllers;

/// <summary>What every source does before its own steps: deletion, the finalizer, suspension.</summary>
internal static class SourceLifecycle
{
    /// <summary>What happens next when there is nothing more to do; <see langword="null"/> to go on.</summary>
    public static async Task<ReconcileResult?> HandleAsync(
        SourceServices services,
        SourceRun run,
        string folder,
        bool isSuspended,
        CancellationToken cancellationToken)
    {
        var value = run.Object;
        if (value.Metadata.IsBeingDeleted)
        {
            if (value.HasFinalizer(Annotations.Finalizer))
            {
                services.Store.RemoveAll(folder, value.Metadata.Namespace, value.Metadata.Name);
                run.Tell(EventSeverity.Trace, SourceReasons.GarbageCollectionSucceeded, "garbage collected artifacts for deleted resource");
                value.RemoveFinalizer(Annotations.Finalizer);
                await value.PatchAsync(cancellationToken).ConfigureAwait(false);
            }

            return ReconcileResult.Done;
        }

        if (!value.HasFinalizer(Annotations.Finalizer))
        {
            value.AddFinalizer(Annotations.Finalizer);
            await value.PatchAsync(cancellationToken).ConfigureAwait(false);
            return ReconcileResult.Again;
        }

        if (!isSuspended)
        {
            return null;
        }

        value.NoteRequest();
        value.Status["observedGeneration"] = value.Metadata.Generation;
        run.SummarizeReady();
        await value.PatchAsync(cancellationToken).ConfigureAwait(false);
        return ReconcileResult.Done;
    }
}
