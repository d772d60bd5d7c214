using Weir.Kubernetes;
using Weir.Rendering;
using Weir.Testing;

namespace Weir.Fleet.Tests;

/// <summary>Fleets whose files SOPS encrypted.</summary>
public sealed class DecryptionTests
{
    private static readonly string Files = Path.Combine(TestData.ProjectDirectory(typeof(DecryptionTests).Assembly), "..", "Weir.Rendering.Tests", "testdata", "sops");

    [Fact]
    public async Task Encrypted_values_reach_releases_and_never_show()
    {
        using var repository = Encrypted();
        repository.Keys = new(AgeIdentity.ReadAll(File.ReadAllText(Path.Combine(Files, "age.agekey"))).Identities);
        var from = repository.Commit();
        repository.Write("charts/web/templates/config.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: web}\ndata: {line: 'password={{ .Values.password }}'}");
        var report = await repository.DiffAsync(from, repository.Commit());
        var release = Assert.Single(report.Diff.Units);
        Assert.Null(release.ErrorAfter);
        Assert.Equal("web", Assert.Single(release.Objects).Key.Name);
        var text = JsonReport.Write(report);
        Assert.Matches(@"^password=\*\*\*\d+\*\*\*$", Assert.Single(release.Objects).After!.At("data", "line")!.ToString());
        Assert.DoesNotContain("s3cret", text);
    }

    [Fact]
    public async Task Printed_objects_hide_what_was_encrypted()
    {
        using var repository = Encrypted();
        repository.Keys = new(AgeIdentity.ReadAll(File.ReadAllText(Path.Combine(Files, "age.agekey"))).Identities);
        var cluster = Assert.Single(await repository.BuildAsync(repository.Commit()));
        var secrets = cluster.Units.Single(u => u.Id.Name == "secrets");
        var generated = secrets.Printable.Single(o => o.Name() == "generated");
        Assert.Equal("**SOPS**", generated.GetMap("data")!.GetString("TOKEN"));
        var login = secrets.Printable.Single(o => o.Name() == "login");
        Assert.Equal("**SOPS**", (login.GetMap("data") ?? login.GetMap("stringData"))!.GetString("user"));
    }

    [Fact]
    public async Task Without_a_key_the_rest_is_compared_and_what_needs_it_says_so()
    {
        using var repository = Encrypted();
        var from = repository.Commit();
        repository.Write("secrets/more.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: more, namespace: default}\ndata: {a: b}");
        repository.Replace("secrets/kustomization.yaml", "- secret.yaml", "- secret.yaml\n- more.yaml");
        repository.Replace("apps/release.yaml", "replicas: 2", "replicas: 3");
        var report = await repository.DiffAsync(from, repository.Commit());
        var secrets = report.Diff.Units.Single(u => u.Id.Name == "secrets");
        Assert.Equal("more", Assert.Single(secrets.Objects).Key.Name);
        Assert.Contains(report.Findings, f => f is { Rule: "not-decrypted", Severity: FindingSeverity.Info });
        var cluster = Assert.Single(await repository.BuildAsync("HEAD"));
        var release = cluster.Units.Single(u => u.Id.Kind == "HelmRelease");
        Assert.Contains("Secret 'default/generated' is encrypted: give its age key with --age-key-file", release.Error);
    }

    private static Repository Encrypted()
    {
        var repository = new Repository();
        foreach (var name in new[] { "kustomization.yaml", "secret.yaml", "app.env", "note.txt", "values.yaml" })
        {
            repository.Write($"secrets/{name}", File.ReadAllText(Path.Combine(Files, name)).TrimEnd('\n'));
        }

        repository.Write("clusters/one/secrets.yaml", """
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: {name: secrets, namespace: flux-system}
            spec:
              interval: 10m
              path: ./secrets
              prune: true
              sourceRef: {kind: GitRepository, name: flux-system}
              decryption: {provider: sops, secretRef: {name: keys}}
            """);
        repository.Replace("apps/release.yaml", "  values:", "  valuesFrom: [{kind: Secret, name: generated}]\n  values:");
        return repository;
    }
}
