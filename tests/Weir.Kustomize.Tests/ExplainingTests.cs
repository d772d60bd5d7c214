namespace Weir.Kustomize.Tests;

public sealed class ExplainingTests
{
    private static readonly KustomizeOptions Tracking = new() { TrackFields = true };

    [Fact]
    public void Says_which_file_brought_a_field_and_which_transformer_set_it()
    {
        var result = Builds.Run(
            Tracking,
            "over",
            ("base/kustomization.yaml", "resources: [deployment.yaml]"),
            ("base/deployment.yaml", Builds.Deployment),
            ("over/kustomization.yaml", "resources: [../base]\nreplicas:\n- name: web\n  count: 3\n"));
        var changes = Assert.Single(result.History!.Find("Deployment/web:spec.replicas")).Changes;
        Assert.Equal(
            [("1", "resources", "base/deployment.yaml:8"), ("3", "ReplicaCountTransformer", "over/kustomization.yaml:3")],
            changes.Select(c => (c.Text, c.Step, $"{c.Span.File}:{c.Span.Line}")));
    }

    [Fact]
    public void Follows_items_of_lists_by_name()
    {
        var result = Builds.WithDeployment("images: [{name: nginx, newTag: v2}]", Tracking);
        var changes = Assert.Single(result.History!.Find("spec.template.spec.containers.[name=main].image")).Changes;
        Assert.Equal(["nginx:1.2", "nginx:v2"], changes.Select(c => c.Text));
    }

    [Fact]
    public void Follows_a_renamed_object_under_its_old_name()
    {
        var result = Builds.WithDeployment("namePrefix: p-", Tracking);
        Assert.Equal("PrefixTransformer", Assert.Single(result.History!.Find("deployment/web:metadata.name")).Changes[^1].Step);
    }

    [Fact]
    public void Knows_nothing_of_fields_that_are_not_there() =>
        Assert.Empty(Builds.WithDeployment("", Tracking).History!.Find("spec.nothing"));

    [Fact]
    public void Costs_nothing_when_nobody_asks() => Assert.Null(Builds.WithDeployment("").History);
}
