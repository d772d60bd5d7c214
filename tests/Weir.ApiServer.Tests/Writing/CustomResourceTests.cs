using System.Net;
using Weir.Values;

namespace Weir.ApiServer.Tests.Writing;

public sealed class CustomResourceTests
{
    private const string Definition = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: widgets.example.com}
        spec:
          group: example.com
          scope: Namespaced
          names: {plural: widgets, kind: Widget}
          versions:
          - name: v1
            served: true
            storage: true
            subresources: {status: {}}
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec:
                    type: object
                    properties:
                      size: {type: integer, default: 3}
                      name: {type: string, maxLength: 3}
                  status:
                    type: object
                    default: {observedGeneration: -1}
                    properties: {observedGeneration: {type: integer}}
        """;

    private const string Path = "/apis/example.com/v1/namespaces/default/widgets";

    [Fact]
    public async Task Unknown_fields_are_dropped_and_absent_ones_get_their_defaults_also_in_the_status()
    {
        await using var cluster = await StartAsync();
        var (code, widget) = await cluster.PostAsync(Path, "{apiVersion: example.com/v1, kind: Widget, metadata: {name: w}, spec: {other: 1}, status: {observedGeneration: 7}}");
        Assert.Equal(HttpStatusCode.Created, code);
        Assert.Equal(new MapValue { ["size"] = 3 }, widget["spec"]);
        Assert.Equal(new MapValue { ["observedGeneration"] = -1 }, widget["status"]);
    }

    [Fact]
    public async Task An_object_that_breaks_its_schema_is_refused_with_the_field()
    {
        await using var cluster = await StartAsync();
        var (code, status) = await cluster.PostAsync(Path, "{apiVersion: example.com/v1, kind: Widget, metadata: {name: w}, spec: {name: four}}");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, code);
        Assert.Equal("Widget.example.com \"w\" is invalid: spec.name: Too long: may not be more than 3 bytes", status.GetString("message"));
    }

    [Fact]
    public async Task A_definition_goes_after_its_objects()
    {
        await using var cluster = await StartAsync();
        await cluster.PostAsync(Path, "{apiVersion: example.com/v1, kind: Widget, metadata: {name: w, finalizers: [x.io/hold]}}");
        await cluster.DeleteAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.example.com");
        await cluster.EventuallyAsync($"{Path}/w", static (_, body) => body.At("metadata", "deletionTimestamp") is not null);
        Assert.Equal(HttpStatusCode.OK, (await cluster.GetAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.example.com")).Code);
        await cluster.MergeAsync($"{Path}/w", "{metadata: {finalizers: null}}");
        await cluster.GoneAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.example.com");
    }

    private static async Task<TestCluster> StartAsync()
    {
        var cluster = await TestCluster.StartAsync();
        Assert.Equal(HttpStatusCode.Created, (await cluster.PostAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", Definition)).Code);
        await cluster.EventuallyAsync(Path, static (code, _) => code == HttpStatusCode.OK);
        return cluster;
    }
}
