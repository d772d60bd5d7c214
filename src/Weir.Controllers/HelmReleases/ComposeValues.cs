using Weir.Flux;
using Weir.Kubernetes;
using Weir.Kubernetes.Client;
using Weir.Rendering;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>Collects the values of ConfigMaps and Secrets and composes them with the inline ones.</summary>
internal static class ComposeValues
{
    /// <summary>Null when the values stand in the run; otherwise what is wrong.</summary>
    public static async Task<string?> RunAsync(HelmReleaseRun run, CancellationToken cancellationToken)
    {
        var objects = new Dictionary<(string Kind, string Name), Dictionary<string, string>?>();
        var resolved = new List<ResolvedValues>();
        foreach (var reference in run.Spec.ValuesFrom ?? [])
        {
            if (!objects.TryGetValue((reference.Kind, reference.Name), out var data))
            {
                try
                {
                    data = await ReadAsync(run, reference, cancellationToken).ConfigureAwait(false);
                }
                catch (ApiException e) when (e.IsNotFound)
                {
                    if (reference.Optional != true)
                    {
                        return HelmReleaseValues.Describe(reference, run.Space, e.Message);
                    }
                }
                catch (ApiException e)
                {
                    return e.Message;
                }

                objects[(reference.Kind, reference.Name)] = data;
            }

            if (data is null)
            {
                if (reference.Optional == true)
                {
                    continue;
                }

                return HelmReleaseValues.Describe(reference, run.Space, "resource not found");
            }

            if (data.TryGetValue(HelmReleaseValues.Key(reference), out var text))
            {
                resolved.Add(new(reference, text));
            }
            else if (reference.Optional != true)
            {
                return HelmReleaseValues.Describe(reference, run.Space, "key not found");
            }
        }

        var composed = HelmReleaseValues.Compose(run.Spec.Values, resolved, run.Space);
        if (!composed.TryGet(out var values))
        {
            return composed.Diagnostics.First(static d => d.Severity == Severity.Error).Message;
        }

        run.Values = values;
        run.ConfigDigest = HelmReleaseValues.Digest(values);
        return null;
    }

    private static async Task<Dictionary<string, string>> ReadAsync(HelmReleaseRun run, ValuesReference reference, CancellationToken cancellationToken)
    {
        var isSecret = reference.Kind == "Secret";
        var live = await run.Services.Client
            .GetAsync(isSecret ? SecretReader.Secret : SecretReader.ConfigMap, run.Space, reference.Name, cancellationToken).ConfigureAwait(false);
        return isSecret ? ObjectData.OfSecret(live) : ObjectData.OfConfigMap(live);
    }
}
