namespace Weir.Fleet.Tests;

/// <summary>What a change of a repository does to what its clusters render.</summary>
public sealed class DiffTests
{
    [Fact]
    public async Task Moving_files_and_writing_YAML_in_another_way_changes_nothing()
    {
        using var repository = new Repository();
        var from = repository.Commit();
        repository.Git("mv", "apps/config.yaml", "apps/renamed.yaml");
        repository.Replace("apps/renamed.yaml", "metadata: {name: config, namespace: default}", "metadata:\n  # the same\n  name: \"config\"\n  namespace: default");
        var report = await repository.DiffAsync(from, repository.Commit());
        Assert.Empty(report.Diff.Units);
        Assert.False(report.Diff.HasChanges);
        Assert.Equal("No change in 3 applications of 1 cluster.", report.Reach);
    }

    [Fact]
    public async Task A_value_of_a_release_changes_its_objects_and_random_text_makes_no_noise()
    {
        using var repository = new Repository();
        var from = repository.Commit();
        repository.Replace("apps/release.yaml", "replicas: 2", "replicas: 5");
        var report = await repository.DiffAsync(from, repository.Commit());
        var release = report.Diff.Units.Single(u => u.Id.Kind == "HelmRelease");
        var field = Assert.Single(Assert.Single(release.Objects).Fields);
        Assert.Equal(("spec.replicas", "2", "5"), (field.Path, field.Before!.ToString(), field.After!.ToString()));
        var value = Assert.Single(release.Values);
        Assert.Equal(("replicas", "apps/release.yaml", 11), (value.Path, value.Span.File, value.Span.Line));
    }

    [Fact]
    public async Task A_chart_change_reaches_the_release_and_shows_image_and_version()
    {
        using var repository = new Repository();
        var from = repository.Commit();
        repository.Replace("charts/web/values.yaml", "nginx:1.0", "nginx:1.1");
        repository.Replace("charts/web/Chart.yaml", "1.0.0", "1.1.0");
        var report = await repository.DiffAsync(from, repository.Commit());
        var unit = Assert.Single(report.Diff.Units);
        Assert.Equal(("web-1.0.0", "web-1.1.0"), unit.Chart);
        Assert.Equal("image", Assert.Single(unit.ChartContent!.Defaults).Path);
        Assert.Empty(unit.ChartContent.Files);
        Assert.Equal("spec.template.spec.containers[name=web].image", Assert.Single(Assert.Single(unit.Objects).Fields).Path);
        var image = Assert.Single(report.Diff.Images);
        Assert.Equal(("nginx", "1.0", "1.1"), (image.Name, image.Before.Single(), image.After.Single()));
    }

    [Fact]
    public async Task A_variable_from_a_ConfigMap_of_another_Kustomization_reaches_what_uses_it()
    {
        using var repository = new Repository();
        var from = repository.Commit();
        repository.Replace("clusters/one/settings.yaml", "blue", "green");
        var report = await repository.DiffAsync(from, repository.Commit());
        var apps = report.Diff.Units.Single(u => u.Id.Name == "apps");
        Assert.Equal("data.color", Assert.Single(Assert.Single(apps.Objects).Fields).Path);
    }

    [Fact]
    public async Task Only_what_is_affected_is_rendered_twice()
    {
        using var repository = new Repository();
        var from = repository.Commit();
        repository.Write("README.md", "nothing that is rendered");
        await repository.DiffAsync(from, repository.Commit());
        var (rendered, reused) = repository.Work;
        Assert.Equal(rendered, reused);

        repository.Replace("apps/config.yaml", "color:", "colour:");
        await repository.DiffAsync(from, repository.Commit());
        Assert.Equal(rendered + 1, repository.Work.Rendered);
    }

    [Fact]
    public async Task A_renamed_object_is_one_change()
    {
        using var repository = new Repository();
        repository.Write("apps/many.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: old, namespace: default}\ndata: {a: '1', b: '2', c: '3', d: '4', e: '5'}");
        var from = repository.Commit();
        repository.Replace("apps/many.yaml", "name: old", "name: fresh");
        var report = await repository.DiffAsync(from, repository.Commit());
        var change = Assert.Single(Assert.Single(report.Diff.Units).Objects);
        Assert.Equal((ChangeKind.Renamed, "old", "fresh"), (change.Kind, change.OldName, change.Key.Name));
    }

    [Fact]
    public async Task A_side_that_does_not_render_says_why_and_the_rest_is_still_compared()
    {
        using var repository = new Repository();
        var from = repository.Commit();
        repository.Replace("charts/web/templates/deployment.yaml", "{{ .Values.replicas }}", "{{ required \"say replicas\" .Values.none }}");
        repository.Replace("apps/config.yaml", "color:", "colour:");
        var report = await repository.DiffAsync(from, repository.Commit());
        Assert.True(report.Diff.HasErrors);
        var broken = report.Diff.Units.Single(u => u.Id.Kind == "HelmRelease");
        Assert.Contains("say replicas", broken.ErrorAfter, StringComparison.Ordinal);
        Assert.Contains("deployment.yaml:10", broken.ErrorAfter, StringComparison.Ordinal);
        Assert.Single(report.Diff.Units.Single(u => u.Id.Name == "apps").Objects);
        Assert.Contains(report.Findings, f => f.Rule == "render-error");
    }

    [Fact]
    public async Task Data_of_Secrets_never_shows()
    {
        using var repository = new Repository();
        repository.Write("apps/secret.yaml", """
            apiVersion: v1
            kind: Secret
            metadata: {name: web-values, namespace: default}
            stringData:
              values.yaml: "image: registry.example.org/hush-hush:1"
              same: stays-the-same
            """);
        repository.Replace("apps/release.yaml", "  values:", "  valuesFrom:\n  - {kind: Secret, name: web-values}\n  values:");
        var from = repository.Commit();
        repository.Replace("apps/secret.yaml", "hush-hush:1", "hush-hush:2");
        var report = await repository.DiffAsync(from, repository.Commit());
        var terminal = new StringWriter();
        TerminalReport.Write(report, terminal);
        UnifiedReport.Write(report, terminal);
        var everything = terminal + MarkdownReport.Write(report) + JsonReport.Write(report) + SarifReport.Write(report, "1") + JUnitReport.Write(report);
        Assert.DoesNotContain("hush-hush", everything, StringComparison.Ordinal);
        Assert.DoesNotContain("stays-the-same", everything, StringComparison.Ordinal);
        Assert.Contains("*** (unchanged)", everything, StringComparison.Ordinal);
        Assert.Contains(report.Diff.Units, u => u.Id.Kind == "HelmRelease");
    }

    [Fact]
    public async Task A_source_that_names_another_branch_of_the_fleet_is_read_from_that_branch()
    {
        using var repository = new Repository();
        repository.Git("remote", "add", "origin", "https://git.invalid/fleet.git");
        repository.Git("checkout", "--quiet", "-b", "tenant");
        repository.Write("tenant/map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map, namespace: default}\ndata: {a: b}");
        repository.Commit();
        repository.Git("checkout", "--quiet", "-b", "fresh");
        repository.Delete("tenant/map.yaml");
        repository.Write("clusters/one/tenant.yaml", """
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: GitRepository
            metadata: {name: tenant, namespace: flux-system}
            spec: {interval: 1m, url: "ssh://git@git.invalid/fleet", ref: {branch: nowhere}}
            ---
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: {name: tenant, namespace: flux-system}
            spec: {interval: 1m, prune: true, path: ./tenant, sourceRef: {kind: GitRepository, name: tenant}}
            """);
        var from = repository.Commit();
        repository.Replace("clusters/one/tenant.yaml", "nowhere", "tenant");
        var report = await repository.DiffAsync(from, repository.Commit());
        var unit = report.Diff.Units.Single(u => u.Id.Name == "tenant");
        Assert.NotNull(unit.ErrorBefore);
        Assert.Null(unit.ErrorAfter);
    }

    [Fact]
    public async Task Files_that_an_ArtifactGenerator_copies_are_rendered_too()
    {
        using var repository = new Repository();
        repository.Write("clusters/one/generated.yaml", """
            apiVersion: source.extensions.fluxcd.io/v1beta1
            kind: ArtifactGenerator
            metadata: {name: split, namespace: flux-system}
            spec:
              sources: [{alias: repo, kind: GitRepository, name: flux-system}]
              artifacts:
              - name: part
                copy: [{from: "@repo/part/**", to: "@artifact/"}]
            ---
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: {name: part, namespace: flux-system}
            spec: {interval: 1m, path: ./, prune: true, sourceRef: {kind: ExternalArtifact, name: part}}
            """);
        repository.Write("part/config.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: part, namespace: default}\ndata: {a: '1'}");
        var from = repository.Commit();
        repository.Replace("part/config.yaml", "a: '1'", "a: '2'");
        var report = await repository.DiffAsync(from, repository.Commit());
        Assert.False(report.Diff.HasErrors);
        Assert.Equal("data.a", Assert.Single(report.Diff.Units.Single(u => u.Id.Name == "part").Objects).Fields.Single().Path);
    }
}
