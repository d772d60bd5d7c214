using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Finds the source's artifact.</summary>
internal static class FindSource
{
    public static async Task<StepResult> RunAsync(KustomizationRun run, CancellationToken cancellationToken)
    {
        var reference = run.Spec.SourceRef ?? new KustomizationSourceReference();
        var space = string.IsNullOrEmpty(reference.Namespace) ? run.Space : reference.Namespace;
        if (run.Services.BlocksCrossNamespace && space != run.Space)
        {
            return Deny(run, $"can't access '{reference.Kind}/{space}/{reference.Name}', cross-namespace references have been blocked");
        }

        if (reference.Kind == "ExternalArtifact" && !run.Services.AllowsExternalArtifacts)
        {
            return Deny(run, $"can't access '{reference.Kind}/{space}/{reference.Name}', ExternalArtifact feature gate is disabled");
        }

        MapValue source;
        try
        {
            source = await run.Services.Client
                .GetAsync(new GroupVersionKind(GitRepository.Kind.Group, GitRepository.Kind.Version, reference.Kind), space, reference.Name, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (ApiException e) when (e.IsNotFound)
        {
            run.Fail(Reasons.ArtifactFailed, $"{reference.Kind}.{GitRepository.Kind.Group} \"{reference.Name}\" not found");
            return StepResult.Failed;
        }

        if (source.At("status", "artifact") is not MapValue artifact)
        {
            run.Fail(Reasons.ArtifactFailed, $"Source artifact not found, retrying in {new FluxDuration(run.Services.DependencyRetry)}");
            return StepResult.Waiting;
        }

        run.Artifact = artifact;
        return StepResult.Done;
    }

    private static StepResult Deny(KustomizationRun run, string message)
    {
        run.Fail(Reasons.AccessDenied, message);
        run.Conditions.SetStalled(Reasons.AccessDenied, message);
        run.Tell(EventSeverity.Error, message, "", "");
        return StepResult.Stalled;
    }
}
