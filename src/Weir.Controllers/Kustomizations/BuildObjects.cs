using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Rendering;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Collects the variables and renders.</summary>
internal static class BuildObjects
{
    /// <summary>What was rendered, or <see langword="null"/> when it failed; the run's condition says why.</summary>
    public static async Task<KustomizationRendering?> RunAsync(KustomizationRun run, IFileTree tree, CancellationToken cancellationToken)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var reference in run.Spec.PostBuild?.SubstituteFrom ?? [])
        {
            if (await AddAsync(run, reference, variables, cancellationToken).ConfigureAwait(false) is { } problem)
            {
                run.Object.Status["lastAttemptedRevision"] = run.Revision;
                run.Fail(Reasons.BuildFailed, problem);
                return null;
            }
        }

        var (decryption, fault) = await ReadKeys.RunAsync(run, cancellationToken).ConfigureAwait(false);
        if (fault is not null)
        {
            run.Object.Status["lastAttemptedRevision"] = run.Revision;
            run.Fail(Reasons.BuildFailed, fault);
            return null;
        }

        var rendering = KustomizationRenderer.Render(
            run.Kustomization,
            tree,
            new()
            {
                Variables = variables,
                DecryptFile = decryption is null ? null : decryption.File,
                DecryptObject = decryption is null ? null : decryption.Object,
            });
        if (!rendering.IsPathMissing)
        {
            run.Object.Status["lastAttemptedRevision"] = run.Revision;
            run.Conditions.SetReconciling(Reasons.Progressing, $"Building manifests for revision {run.Revision} with a timeout of {run.Timeout}");
        }

        if (!rendering.HasErrors)
        {
            return rendering;
        }

        var errors = rendering.Diagnostics.Where(static d => d.Severity == Severity.Error).Select(static d => d.ToString());
        run.Fail(rendering.IsPathMissing ? Reasons.ArtifactFailed : Reasons.BuildFailed, string.Join("\n", errors));
        return null;
    }

    private static async Task<string?> AddAsync(
        KustomizationRun run,
        SubstituteReference reference,
        Dictionary<string, string> variables,
        CancellationToken cancellationToken)
    {
        try
        {
            var kind = reference.Kind == "Secret" ? SecretReader.Secret : SecretReader.ConfigMap;
            var live = await run.Services.Client.GetAsync(kind, run.Space, reference.Name, cancellationToken).ConfigureAwait(false);
            foreach (var (name, value) in reference.Kind == "Secret" ? ObjectData.OfSecret(live) : ObjectData.OfConfigMap(live))
            {
                variables[name] = value;
            }

            return null;
        }
        catch (ApiException e) when (e.IsNotFound && reference.Optional == true)
        {
            return null;
        }
        catch (ApiException e)
        {
            return $"post build failed: substitute from '{reference.Kind}/{reference.Name}' error: {e.Message}";
        }
    }
}
