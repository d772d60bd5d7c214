namespace Weir.Helm;

/// <summary>What templates learn of the cluster: its version and the API versions it serves.</summary>
public sealed record Capabilities
{
    /// <summary>The groups of client-go 0.36.1 with those of CustomResourceDefinitions.</summary>
    public static IReadOnlyList<string> OfflineApiVersions { get; } =
    [
        "admissionregistration.k8s.io/v1", "admissionregistration.k8s.io/v1beta1", "admissionregistration.k8s.io/v1alpha1",
        "apiextensions.k8s.io/v1", "apiextensions.k8s.io/v1beta1",
        "apps/v1", "apps/v1beta2", "apps/v1beta1",
        "authentication.k8s.io/v1", "authentication.k8s.io/v1beta1", "authentication.k8s.io/v1alpha1",
        "authorization.k8s.io/v1", "authorization.k8s.io/v1beta1",
        "autoscaling/v2", "autoscaling/v1",
        "batch/v1", "batch/v1beta1",
        "certificates.k8s.io/v1", "certificates.k8s.io/v1beta1", "certificates.k8s.io/v1alpha1",
        "coordination.k8s.io/v1", "coordination.k8s.io/v1beta1", "coordination.k8s.io/v1alpha2",
        "v1",
        "discovery.k8s.io/v1", "discovery.k8s.io/v1beta1",
        "events.k8s.io/v1", "events.k8s.io/v1beta1",
        "extensions/v1beta1",
        "flowcontrol.apiserver.k8s.io/v1", "flowcontrol.apiserver.k8s.io/v1beta3", "flowcontrol.apiserver.k8s.io/v1beta2", "flowcontrol.apiserver.k8s.io/v1beta1",
        "internal.apiserver.k8s.io/v1alpha1",
        "networking.k8s.io/v1", "networking.k8s.io/v1beta1",
        "node.k8s.io/v1", "node.k8s.io/v1beta1", "node.k8s.io/v1alpha1",
        "policy/v1", "policy/v1beta1",
        "rbac.authorization.k8s.io/v1", "rbac.authorization.k8s.io/v1beta1", "rbac.authorization.k8s.io/v1alpha1",
        "resource.k8s.io/v1", "resource.k8s.io/v1beta2", "resource.k8s.io/v1beta1", "resource.k8s.io/v1alpha3",
        "scheduling.k8s.io/v1", "scheduling.k8s.io/v1beta1", "scheduling.k8s.io/v1alpha2",
        "storage.k8s.io/v1", "storage.k8s.io/v1beta1", "storage.k8s.io/v1alpha1",
        "storagemigration.k8s.io/v1beta1",
    ];

    /// <summary>What Helm 4.2.4 assumes without a cluster: Kubernetes 1.36 and the API versions its client library knows.</summary>
    public static Capabilities Default { get; } = new();

    public KubeVersion KubeVersion { get; init; } = KubeVersion.Of("v1.36.0");

    /// <summary><c>group/version</c>, and with a cluster also <c>group/version/Kind</c>.</summary>
    public IReadOnlyList<string> ApiVersions { get; init; } = OfflineApiVersions;

    public HelmVersion HelmVersion { get; init; } = HelmVersion.Default;
}
