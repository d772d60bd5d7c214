using Weir.Values;

namespace Weir.Flux;

/// <summary>Another cluster to work on.</summary>
public sealed record KubeConfigReference
{
    /// <summary>A ConfigMap that says how to sign in at the cluster with the identity of a cloud or of a ServiceAccount.</summary>
    public LocalReference? ConfigMapRef { get; init; }

    /// <summary>A Secret that holds a kubeconfig without external programs.</summary>
    public SecretKeyReference? SecretRef { get; init; }

    internal static KubeConfigReference ReadFields(FieldReader f)
    {
        f.Rule("has(self.configMapRef) || has(self.secretRef)", "exactly one of spec.kubeConfig.configMapRef or spec.kubeConfig.secretRef must be specified");
        f.Rule("!has(self.configMapRef) || !has(self.secretRef)", "exactly one of spec.kubeConfig.configMapRef or spec.kubeConfig.secretRef must be specified");
        return new()
        {
            ConfigMapRef = f.Object("configMapRef", "A ConfigMap that says how to sign in at the cluster with the identity of a cloud or of a ServiceAccount.", LocalReference.ReadFields),
            SecretRef = f.Object("secretRef", "A Secret that holds a kubeconfig without external programs.", SecretKeyReference.ReadFields),
        };
    }

    internal MapValue WriteFields() => new FieldWriter()
        .Add("configMapRef", ConfigMapRef?.WriteFields())
        .Add("secretRef", SecretRef?.WriteFields())
        .Map;
}
