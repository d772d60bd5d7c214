namespace Weir.Controllers;

/// <summary>One step of Helm, with how it is written to conditions and events. An action that throws is tried again later.</summary>
internal abstract class HelmAction
{
    public abstract string Name { get; }

    public abstract HelmActionType Type { get; }

    public abstract TimeSpan Timeout(HelmReleaseRun run);

    public abstract Task RunAsync(HelmReleaseRun run, CancellationToken cancellationToken);
}
