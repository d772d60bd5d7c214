namespace Weir.Kubernetes.Tests.Schemas;

public sealed class ResourceTypesTests
{
    [Fact]
    public void Knows_what_discovery_says_of_deployments()
    {
        var deployments = ResourceTypes.Find("apps", "v1", "deployments")!;
        Assert.Equal("Deployment", deployments.Kind);
        Assert.Equal("DeploymentList", deployments.ListKind);
        Assert.Equal("deployment", deployments.Singular);
        Assert.Equal(["deploy"], deployments.ShortNames);
        Assert.Equal(["all"], deployments.Categories);
        Assert.True(deployments.IsNamespaced);
        Assert.Equal(ResourceVerbs.All, deployments.Verbs);
        Assert.Equal(["scale", "status"], deployments.Subresources.Select(s => s.Name));
        Assert.Equal(new GroupVersionKind("autoscaling", "v1", "Scale"), deployments.Subresource("scale")!.Kind);
        Assert.Equal("deployments.apps", deployments.GroupResource);
    }

    [Fact]
    public void Namespaces_are_not_namespaced()
    {
        var namespaces = ResourceTypes.Find("", "v1", "namespaces")!;
        Assert.False(namespaces.IsNamespaced);
        Assert.Equal(["finalize", "status"], namespaces.Subresources.Select(s => s.Name));
        Assert.Equal(ResourceVerbs.All & ~ResourceVerbs.DeleteCollection, namespaces.Verbs);
    }

    [Fact]
    public void Reviews_can_only_be_created()
    {
        Assert.Equal(ResourceVerbs.Create, ResourceTypes.Find("authorization.k8s.io", "v1", "selfsubjectaccessreviews")!.Verbs);
        Assert.True(ResourceTypes.Find("authorization.k8s.io", "v1", "localsubjectaccessreviews")!.IsNamespaced);
    }

    [Fact]
    public void Unserved_versions_are_left_out()
    {
        Assert.All(ResourceTypes.All, r => Assert.Contains(ResourceTypes.Groups, g => g.Name == r.Group && g.Versions.Contains(r.Version)));
        Assert.All(ResourceTypes.Groups, g => Assert.Contains(ResourceTypes.All, r => r.Group == g.Name));
        Assert.Equal(["v2", "v1"], ResourceTypes.Groups.Single(g => g.Name == "autoscaling").Versions);
    }
}
