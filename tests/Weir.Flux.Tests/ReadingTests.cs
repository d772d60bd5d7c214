using Weir.Values;
using Weir.Yaml;

namespace Weir.Flux.Tests;

/// <summary>Flux's objects are read into records, and every mistake in them is found.</summary>
public sealed class ReadingTests
{
    [Fact]
    public void A_Kustomization_survives_reading_and_writing()
    {
        var value = Map("""
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata:
              name: apps
              namespace: flux-system
              labels: {team: a}
            spec:
              interval: 10m0s
              retryInterval: 1m0s
              path: ./apps
              prune: true
              wait: true
              force: false
              sourceRef: {kind: GitRepository, name: flux-system}
              dependsOn:
              - name: infrastructure
              postBuild:
                substitute: {domain: example.org}
                substituteFrom:
                - {kind: ConfigMap, name: settings, optional: true}
              patches:
              - patch: "- {op: remove, path: /spec}"
                target: {kind: Deployment}
            """);
        var read = Kustomization.Read(value);
        Assert.Empty(read.Diagnostics);
        Assert.Equal(TimeSpan.FromMinutes(10), read.Result!.Spec.Interval!.Value.Value);
        Assert.Equal(YamlWriter.Write(value), YamlWriter.Write(read.Result.Write()));
    }

    [Fact]
    public void Equal_texts_give_equal_records()
    {
        const string Text = """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: app, namespace: apps}
            spec:
              interval: 5m
              chartRef: {kind: OCIRepository, name: app}
              install: {crds: CreateReplace, remediation: {retries: 3}}
            """;
        Assert.Equal(HelmRelease.Read(Map(Text)).Result, HelmRelease.Read(Map(Text)).Result);
        Assert.NotEqual(HelmRelease.Read(Map(Text)).Result, HelmRelease.Read(Map(Text.Replace("retries: 3", "retries: 4", StringComparison.Ordinal))).Result);
    }

    [Fact]
    public void All_mistakes_are_reported_at_once_with_their_lines()
    {
        var value = Map("""
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: {name: apps, namespace: flux-system}
            spec:
              interval: soon
              prune: "yes"
              sourceRef: {kind: GitRepo, name: flux-system}
              targetNamspace: apps
              dependsOn:
              - nam: infrastructure
            """);
        var diagnostics = Kustomization.Read(value).Diagnostics;
        var texts = diagnostics.Select(d => $"{d.Span.Line}: {d.Message}").ToList();
        Assert.Contains(texts, t => t.StartsWith("5: 'spec.interval' must match", StringComparison.Ordinal));
        Assert.Contains("6: 'spec.prune' must be true or false, not a string", texts);
        Assert.Contains(texts, t => t.StartsWith("7: 'spec.sourceRef.kind' must be one of", StringComparison.Ordinal));
        Assert.Contains("8: unknown field 'spec.targetNamspace'", texts);
        Assert.Contains("10: unknown field 'spec.dependsOn[0].nam'", texts);
        Assert.Contains(texts, t => t.EndsWith("'spec.dependsOn[0].name' is required", StringComparison.Ordinal));
        Assert.Contains("targetNamespace", diagnostics.Single(d => d.Message.Contains("targetNamspace", StringComparison.Ordinal)).Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Metadata_tells_that_an_object_is_being_deleted()
    {
        var value = Map("""
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: GitRepository
            metadata:
              name: a
              namespace: b
              generation: 4
              finalizers: [finalizers.fluxcd.io]
              deletionTimestamp: "2026-01-02T03:04:05Z"
            spec: {interval: 1m, url: "https://example.org/a"}
            """);
        var metadata = GitRepository.Read(value).Result!.Metadata;
        Assert.True(metadata.IsBeingDeleted);
        Assert.Equal(4, metadata.Generation);
        Assert.Equal(["finalizers.fluxcd.io"], metadata.Finalizers);
    }

    private static MapValue Map(string text) => (MapValue)YamlReader.Read(text).Result!;
}
