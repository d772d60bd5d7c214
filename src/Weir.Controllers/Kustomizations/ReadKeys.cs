using Weir.Flux;
using Weir.Kubernetes.Client;
using Weir.Rendering;

namespace Weir.Controllers;

/// <summary>Reads the private keys of <c>spec.decryption</c>.</summary>
internal static class ReadKeys
{
    private const string AgeKey = ".agekey";

    /// <summary>What decrypts, <see langword="null"/> when nothing is to be decrypted; or what is wrong with the keys.</summary>
    public static async Task<(SopsDecryption? Decryption, string? Problem)> RunAsync(KustomizationRun run, CancellationToken cancellationToken)
    {
        if (run.Spec.Decryption is not { } spec)
        {
            return (null, null);
        }

        if (spec.SecretRef is not { } reference)
        {
            return (new SopsDecryption([]), null);
        }

        Dictionary<string, string> data;
        try
        {
            data = await SecretReader.ReadAsync(run.Services.Client, run.Space, reference.Name, cancellationToken).ConfigureAwait(false);
        }
        catch (ApiException e)
        {
            return (null, $"cannot get sops decryption Secret '{run.Space}/{reference.Name}': {e.Message}");
        }

        var identities = new List<AgeIdentity>();
        var others = new List<string>();
        foreach (var (name, text) in data)
        {
            if (!name.EndsWith(AgeKey, StringComparison.Ordinal))
            {
                others.Add(name);
                continue;
            }

            var (read, problem) = AgeIdentity.ReadAll(text);
            if (problem is not null)
            {
                return (null, $"failed to import data from decryption Secret '{run.Space}/{reference.Name}': {name}: {problem}");
            }

            identities.AddRange(read);
        }

        return identities.Count == 0 && others.Count > 0
            ? (null, $"decryption Secret '{run.Space}/{reference.Name}' has {string.Join(", ", others.Order(StringComparer.Ordinal))}, which is not supported: only age keys (*.agekey) are")
            : (new SopsDecryption(identities), null);
    }
}
