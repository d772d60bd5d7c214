namespace Weir.Controllers;

/// <summary>Fields that are understood and refused.</summary>
internal static class Unsupported
{
    /// <summary>What is not supported, in a sentence; <see langword="null"/> when all is.</summary>
    public static string? Find(KustomizationRun run)
    {
        if (run.Spec.Decryption is { ServiceAccountName.Length: > 0 })
        {
            return "spec.decryption.serviceAccountName is not supported: cloud identities are not available here; use spec.decryption.secretRef with age keys";
        }

        return run.Spec.KubeConfig is { ConfigMapRef: not null, SecretRef: null }
            ? "spec.kubeConfig.configMapRef is not supported: cloud identities are not available here; use spec.kubeConfig.secretRef"
            : null;
    }
}
