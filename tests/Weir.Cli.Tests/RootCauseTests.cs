using Weir.Cli.Up;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Cli.Tests;

/// <summary>The order in which <c>weir up</c> names what is not Ready.</summary>
public sealed class RootCauseTests
{
    [Fact]
    public void Causes_stand_before_what_waits_for_them()
    {
        var ordered = RootCause.Order(Objects("""
            {apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: apps, namespace: f}, spec: {dependsOn: [{name: infra}], sourceRef: {kind: GitRepository, name: repo}}}
            ---
            {apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: infra, namespace: f}, spec: {sourceRef: {kind: GitRepository, name: repo}}}
            ---
            {apiVersion: source.toolkit.fluxcd.io/v1, kind: GitRepository, metadata: {name: repo, namespace: f}, spec: {}}
            """));
        Assert.Equal(["GitRepository/f/repo", "Kustomization/f/infra", "Kustomization/f/apps"], ordered.Select(o => RootCause.Label(o.Object)));
        Assert.Equal(["GitRepository/f/repo", "Kustomization/f/infra"], ordered[2].WaitsFor.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_is_ready_is_no_cause()
    {
        var ordered = RootCause.Order(Objects("""
            {apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: apps, namespace: f, generation: 1}, spec: {sourceRef: {kind: GitRepository, name: repo}}}
            ---
            {apiVersion: source.toolkit.fluxcd.io/v1, kind: GitRepository, metadata: {name: repo, namespace: f, generation: 1}, spec: {}, status: {observedGeneration: 1, conditions: [{type: Ready, status: "True", observedGeneration: 1}]}}
            """));
        Assert.Empty(Assert.Single(ordered).WaitsFor);
    }

    [Fact]
    public void A_circle_of_dependencies_is_reported_and_not_followed_for_ever()
    {
        var ordered = RootCause.Order(Objects("""
            {apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: a, namespace: f}, spec: {dependsOn: [{name: b}]}}
            ---
            {apiVersion: kustomize.toolkit.fluxcd.io/v1, kind: Kustomization, metadata: {name: b, namespace: f}, spec: {dependsOn: [{name: a}]}}
            """));
        Assert.Equal(2, ordered.Count);
    }

    private static List<MapValue> Objects(string text) => [.. YamlReader.ReadStream(text).Result!.OfType<MapValue>()];
}
