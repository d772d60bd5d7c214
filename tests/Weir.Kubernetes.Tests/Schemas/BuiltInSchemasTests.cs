namespace Weir.Kubernetes.Tests.Schemas;

public sealed class BuiltInSchemasTests
{
    private static readonly Schema Deployment = BuiltInSchemas.Find(new GroupVersionKind("apps", "v1", "Deployment"))!;

    [Fact]
    public void Knows_the_merge_keys_of_containers_and_ports()
    {
        var pod = Deployment.At("spec", "template", "spec")!;
        var containers = pod.Property("containers")!;
        Assert.True(containers.IsRequired);
        Assert.Equal("name", containers.PatchMergeKey);
        Assert.Equal(PatchStrategy.Merge, containers.PatchStrategy);
        Assert.Equal(ListType.Map, containers.Schema.ListType);
        Assert.Equal(["name"], containers.Schema.ListMapKeys);

        var ports = containers.Schema.Items!.Property("ports")!;
        Assert.Equal("containerPort", ports.PatchMergeKey);
        Assert.Equal(["containerPort", "protocol"], ports.Schema.ListMapKeys);
        Assert.Equal("TCP", ports.Schema.Items!.Property("protocol")!.Default);
        Assert.Equal(["SCTP", "TCP", "UDP"], ports.Schema.Items!.Property("protocol")!.Schema.Enum);
        Assert.Equal(PatchStrategy.Merge | PatchStrategy.RetainKeys, pod.Property("volumes")!.PatchStrategy);
    }

    [Fact]
    public void Knows_atomic_maps_and_special_types()
    {
        Assert.Equal(MapType.Atomic, Deployment.At("spec", "selector")!.MapType);
        Assert.True(Deployment.At("spec", "strategy", "rollingUpdate", "maxSurge")!.IsIntOrString);
        Assert.Equal("quantity", Deployment.At("spec", "template", "spec", "containers", "resources", "limits", "cpu")!.Format);
        Assert.Equal(MapType.Granular, BuiltInSchemas.Find(new GroupVersionKind("", "v1", "PersistentVolume"))!.At("spec", "claimRef")!.MapType);
        Assert.Equal("byte", BuiltInSchemas.Find(new GroupVersionKind("", "v1", "Secret"))!.At("data", "x")!.Format);
    }

    [Fact]
    public void A_type_that_contains_itself_is_one_schema()
    {
        var schema = BuiltInSchemas.Find("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps")!;
        Assert.Same(schema, schema.At("properties", "anything"));
    }

    [Fact]
    public void Every_type_can_be_read()
    {
        foreach (var name in BuiltInSchemas.TypeNames)
        {
            var schema = BuiltInSchemas.Find(name)!;
            Assert.Equal(name, schema.Name);
            Assert.All(schema.Properties, p => Assert.NotNull(p.Schema));
        }
    }

    [Fact]
    public void Every_served_resource_has_a_schema_and_so_has_its_list()
    {
        foreach (var resource in ResourceTypes.All)
        {
            Assert.NotNull(BuiltInSchemas.Find(resource.GroupVersionKind));
            if (resource.Can(ResourceVerbs.List))
            {
                Assert.NotNull(BuiltInSchemas.Find(resource.GroupVersionKind with { Kind = resource.ListKind }));
            }
        }
    }

    [Fact]
    public void Embedded_messages_of_protobuf_lend_their_fields()
    {
        var volume = BuiltInSchemas.Find("io.k8s.api.core.v1.Volume")!;
        var source = volume.ProtobufFields.Single(f => f.Property is null);
        Assert.Equal(2, source.Number);
        Assert.Equal(19, source.Inline.Single(f => f.Property?.Name == "configMap").Number);
    }

    [Fact]
    public void Every_protobuf_field_has_its_property()
    {
        static void Check(string type, IReadOnlyList<ProtobufField> fields)
        {
            foreach (var field in fields)
            {
                Assert.True(field.Property is not null || field.Inline.Count > 0, $"{type} {field.Number}");
                Check(type, field.Inline);
            }
        }

        foreach (var name in BuiltInSchemas.TypeNames)
        {
            Check(name, BuiltInSchemas.Find(name)!.ProtobufFields);
        }
    }
}
