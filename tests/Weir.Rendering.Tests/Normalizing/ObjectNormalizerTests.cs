using Weir.Values;

namespace Weir.Rendering.Tests.Normalizing;

public sealed class ObjectNormalizerTests
{
    [Fact]
    public void Texts_of_a_secret_become_data()
    {
        var secret = Rendered.Kustomization(
            "path: ./",
            ("a.yaml", "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: YQ==, b: b2xk}\nstringData: {b: new}")).Single();
        Assert.Null(secret["stringData"]);
        Assert.Equal("YQ==", secret.Text("data", "a"));
        Assert.Equal("bmV3", secret.Text("data", "b"));
    }

    [Fact]
    public void Ports_without_protocol_are_tcp()
    {
        var service = Rendered.Kustomization(
            "path: ./",
            ("a.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {ports: [{port: 1}, {port: 2, protocol: UDP}]}")).Single();
        var ports = service.GetMap("spec")!.GetList("ports")!;
        Assert.Equal(["TCP", "UDP"], ports.Select(static p => p.At("protocol")?.ToString()));
        var containers = Assert.IsType<ListValue>(Rendered.Kustomization("path: ./", ("a.yaml", Rendered.Deployment)).Single().At("spec", "template", "spec", "containers"));
        Assert.Equal("TCP", Assert.IsType<ListValue>(containers[0].At("ports"))[0].At("protocol")?.ToString());
    }

    [Fact]
    public void Status_is_dropped_except_that_of_definitions()
    {
        Assert.Null(Rendered.Kustomization("path: ./", ("a.yaml", Rendered.Deployment + "\nstatus: {replicas: 1}")).Single()["status"]);
        const string definition = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: a.b}\nstatus: {conditions: []}";
        Assert.NotNull(Rendered.Kustomization("path: ./", ("a.yaml", definition)).Single()["status"]);
    }

    [Fact]
    public void Nested_structs_are_always_written()
    {
        var deployment = Rendered.Kustomization("path: ./", ("a.yaml", Rendered.Deployment)).Single();
        Assert.Empty(Assert.IsType<MapValue>(deployment.At("spec", "strategy")));
        Assert.Empty(Assert.IsType<MapValue>(Rendered.Kustomization("path: ./", ("a.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: n}")).Single()["spec"]));
    }
}
