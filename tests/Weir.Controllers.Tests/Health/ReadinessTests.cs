using Weir.Values;
using Weir.Yaml;

namespace Weir.Controllers.Tests.Health;

/// <summary>How far objects are, by the rules of kstatus.</summary>
public sealed class ReadinessTests
{
    [Theory]
    [InlineData("helm.toolkit.fluxcd.io/v2", "HelmRelease")]
    [InlineData("kustomize.toolkit.fluxcd.io/v1", "Kustomization")]
    [InlineData("source.extensions.fluxcd.io/v1beta1", "ArtifactGenerator")]
    public void A_Flux_object_that_nobody_has_looked_at_is_in_progress(string apiVersion, string kind)
    {
        Assert.Equal(Kubernetes.Client.Health.InProgress, Judge(apiVersion, kind, ""));
        Assert.Equal(Kubernetes.Client.Health.InProgress, Judge(apiVersion, kind, "{observedGeneration: -1}"));
    }

    [Theory]
    [InlineData("notification.toolkit.fluxcd.io/v1beta3", "Alert")]
    [InlineData("notification.toolkit.fluxcd.io/v1beta3", "Provider")]
    [InlineData("example.com/v1", "Widget")]
    public void A_kind_that_never_has_a_status_is_current(string apiVersion, string kind) =>
        Assert.Equal(Kubernetes.Client.Health.Current, Judge(apiVersion, kind, ""));

    [Theory]
    [InlineData("{observedGeneration: 1, conditions: [{type: Ready, status: 'True'}]}", Kubernetes.Client.Health.InProgress)]
    [InlineData("{observedGeneration: 2, conditions: [{type: Ready, status: 'True'}]}", Kubernetes.Client.Health.Current)]
    [InlineData("{observedGeneration: 2, conditions: [{type: Ready, status: 'False'}]}", Kubernetes.Client.Health.InProgress)]
    [InlineData("{observedGeneration: 2, conditions: [{type: Ready, status: 'Unknown'}]}", Kubernetes.Client.Health.InProgress)]
    [InlineData("{observedGeneration: 2, conditions: [{type: Reconciling, status: 'True'}, {type: Ready, status: 'True'}]}", Kubernetes.Client.Health.InProgress)]
    [InlineData("{observedGeneration: 2, conditions: [{type: Stalled, status: 'True'}, {type: Ready, status: 'False'}]}", Kubernetes.Client.Health.Failed)]
    [InlineData("{}", Kubernetes.Client.Health.Current)]
    public void Conditions_rule_once_the_generation_was_observed(string status, Kubernetes.Client.Health health) =>
        Assert.Equal(health, Judge("helm.toolkit.fluxcd.io/v2", "HelmRelease", status));

    private static Kubernetes.Client.Health Judge(string apiVersion, string kind, string status)
    {
        var text = $"apiVersion: {apiVersion}\nkind: {kind}\nmetadata: {{name: a, namespace: b, generation: 2}}\n" + (status.Length == 0 ? "" : $"status: {status}\n");
        Assert.True(YamlReader.Read(text, new()).TryGet(out var value));
        return Readiness.Judge((MapValue)value!);
    }
}
