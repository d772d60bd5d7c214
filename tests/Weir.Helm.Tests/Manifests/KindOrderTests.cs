namespace Weir.Helm.Tests.Manifests;

public sealed class KindOrderTests
{
    [Fact]
    public void What_others_need_comes_first_and_strangers_last_by_name() => Assert.Equal(
        ["Namespace", "Secret", "Service", "Deployment", "Ingress", "MutatingWebhookConfiguration", "Alpha", "Zeta"],
        KindOrder.ForInstall(["Zeta", "MutatingWebhookConfiguration", "Ingress", "Deployment", "Service", "Alpha", "Secret", "Namespace"], k => k));

    [Fact]
    public void Equal_kinds_keep_their_order() => Assert.Equal(
        ["Service b", "Service a", "Deployment"],
        KindOrder.ForInstall(["Deployment", "Service b", "Service a"], k => k.Split(' ')[0]));

    [Fact]
    public void Workloads_are_removed_after_the_services_before_them() => Assert.Equal(
        ["Ingress", "Service", "Deployment", "ConfigMap", "Namespace"],
        KindOrder.ForUninstall(["Namespace", "ConfigMap", "Deployment", "Service", "Ingress"], k => k));
}
