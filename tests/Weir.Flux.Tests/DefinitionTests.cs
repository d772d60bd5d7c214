using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Flux.Tests;

/// <summary>The CustomResourceDefinitions that the records give.</summary>
public sealed class DefinitionTests
{
    public static TheoryData<string> Kinds => [.. FluxKinds.All.Select(d => d.Kind.Kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Are_named_after_their_kind_and_have_a_structural_schema(string kind)
    {
        var definition = FluxKinds.All.Single(d => d.Kind.Kind == kind);
        var crd = definition.ToCustomResourceDefinition();
        Assert.Equal($"{definition.Plural}.{definition.Kind.Group}", crd.Name());
        Assert.Equal(kind, crd.At("spec", "names", "kind")!.ToString());
        var version = (MapValue)((ListValue)crd.At("spec", "versions")!)[0];
        Assert.Equal(definition.Kind.Version, version.GetString("name"));
        AssertStructural((MapValue)version.At("schema", "openAPIV3Schema")!, kind);
    }

    [Fact]
    public void A_kind_is_found_by_group_version_and_name()
    {
        Assert.Same(HelmRelease.Definition, FluxKinds.Find(new("helm.toolkit.fluxcd.io", "v2", "HelmRelease")));
        Assert.Null(FluxKinds.Find(new("helm.toolkit.fluxcd.io", "v1", "HelmRelease")));
    }

    [Fact]
    public void A_new_Kustomization_has_an_observed_generation_that_is_not_its_own()
    {
        var status = (MapValue)Kustomization.Definition.Schema.At("properties", "status")!;
        Assert.Equal(-1, status.GetMap("default")!.GetInt("observedGeneration"));
    }

    [Fact]
    public void Required_fields_and_choices_stand_in_the_schema()
    {
        var spec = (MapValue)Kustomization.Definition.Schema.At("properties", "spec")!;
        var required = spec.GetList("required")!.Select(v => ((StringValue)v).Value);
        Assert.Equal(["interval", "prune", "sourceRef"], required.Order(StringComparer.Ordinal));
        var policies = ((ListValue)spec.At("properties", "deletionPolicy", "enum")!).Select(v => ((StringValue)v).Value);
        Assert.Equal(["MirrorPrune", "Delete", "WaitForTermination", "Orphan"], policies);
    }

    [Fact]
    public void The_schema_that_is_handed_out_can_be_changed()
    {
        var before = GitRepository.Definition.Schema.DeepClone();
        ((ListValue)GitRepository.Definition.ToCustomResourceDefinition().At("spec", "versions")!).Clear();
        ((MapValue)((MapValue)((ListValue)GitRepository.Definition.ToCustomResourceDefinition().At("spec", "versions")!)[0]).At("schema", "openAPIV3Schema")!).Clear();
        Assert.True(Value.DeepEquals(before, GitRepository.Definition.Schema));
    }

    private static void AssertStructural(MapValue schema, string path)
    {
        Assert.True(
            schema.ContainsKey("type") || schema.ContainsKey("x-kubernetes-preserve-unknown-fields") || schema.ContainsKey("x-kubernetes-int-or-string"),
            $"{path} has no type");
        foreach (var (name, property) in schema.GetMap("properties") ?? [])
        {
            AssertStructural((MapValue)property, $"{path}.{name}");
        }

        foreach (var nested in new[] { "items", "additionalProperties" })
        {
            if (schema[nested] is MapValue map)
            {
                AssertStructural(map, $"{path}[]");
            }
        }
    }
}
