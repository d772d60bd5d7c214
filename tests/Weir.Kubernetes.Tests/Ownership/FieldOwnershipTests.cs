using Weir.Values;

namespace Weir.Kubernetes.Tests.Ownership;

public sealed class FieldOwnershipTests
{
    private static readonly OwnershipContext Deployments = new()
    {
        Schema = BuiltInSchemas.Find(new GroupVersionKind("apps", "v1", "Deployment"))!,
        ApiVersion = "apps/v1",
        Kind = "Deployment",
        Now = "2026-01-31T12:00:00Z",
        ResetFields = FieldSet.Of(["status"]),
    };

    private const string Head = "'apiVersion':'apps/v1','kind':'Deployment','metadata':{'name':'web'}";

    [Fact]
    public void Creating_by_apply_owns_what_the_configuration_says()
    {
        var result = Apply(null, "one", "'spec':{'replicas':1,'template':{'spec':{'containers':[{'name':'c','image':'i'}]}}},'status':{'replicas':3}");
        Assert.Equal(
            Json.Read("""
            {'f:spec':{'f:replicas':{},'f:template':{'f:spec':{'f:containers':{'k:{\u0022name\u0022:\u0022c\u0022}':{'.':{},'f:image':{},'f:name':{}}}}}}}
            """),
            Entry(result, "one").GetMap("fieldsV1"));
        Assert.Equal("2026-01-31T12:00:00Z", Entry(result, "one").GetString("time"));
    }

    [Fact]
    public void What_leaves_the_configuration_is_removed_unless_another_owns_it()
    {
        var live = Apply(null, "one", "'spec':{'replicas':1,'paused':true,'template':{'spec':{'containers':[{'name':'c','image':'i'},{'name':'d'}]}}}");
        live = Apply(live, "two", "'spec':{'replicas':1}");
        live = Apply(live, "one", "'spec':{'template':{'spec':{'containers':[{'name':'c','image':'i'}]}}}");
        Assert.Equal(Json.Read("{'replicas':1,'template':{'spec':{'containers':[{'name':'c','image':'i'}]}}}"), live["spec"]);
    }

    [Fact]
    public void An_empty_map_is_owned_and_stays_an_empty_list_is_not()
    {
        var schema = CustomSchema.ReadObject(Json.Map("""
            {'type':'object','properties':{'spec':{'type':'object','properties':{
              'values':{'type':'object','x-kubernetes-preserve-unknown-fields':true},
              'items':{'type':'array','x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['name'],
                'items':{'type':'object','required':['name'],'properties':{'name':{'type':'string'},'on':{'type':'boolean'}}}}}}}}
            """));
        var context = new OwnershipContext { Schema = schema, ApiVersion = "example.com/v1", Kind = "Thing", Now = "2026-01-31T12:00:00Z" };
        MapValue? live = null;
        foreach (var spec in (string[])["{'values':{'a':{'b':1}},'items':[{'name':'x','on':true}]}", "{'values':{},'items':[]}"])
        {
            var result = FieldOwnership.Apply(
                live, Json.Map($"{{'apiVersion':'example.com/v1','kind':'Thing','metadata':{{'name':'t'}},'spec':{spec}}}"), "one", false, context);
            live = result.Object;
        }

        Assert.Equal(Json.Read("{'values':{}}"), live!["spec"]);
    }

    [Fact]
    public void A_changed_field_of_another_manager_is_a_conflict_until_forced()
    {
        var live = Apply(null, "one", "'spec':{'replicas':1}");
        var refused = FieldOwnership.Apply(live, Json.Map($"{{{Head},'spec':{{'replicas':2}}}}"), "two", false, Deployments);
        Assert.Equal([new ApplyConflict("\"one\"", ".spec.replicas")], refused.Conflicts);
        Assert.Equal("Apply failed with 1 conflict: conflict with \"one\": .spec.replicas", refused.ConflictMessage());

        var forced = FieldOwnership.Apply(live, Json.Map($"{{{Head},'spec':{{'replicas':2}}}}"), "two", true, Deployments);
        Assert.Single(forced.Object!.GetMap("metadata")!.GetList("managedFields")!);
        Assert.Equal(2, forced.Object!.GetMap("spec")!.GetInt("replicas"));
    }

    [Fact]
    public void Applying_the_same_again_changes_nothing()
    {
        var live = Apply(null, "one", "'spec':{'replicas':1}");
        var again = FieldOwnership.Apply(live, Json.Map($"{{{Head},'spec':{{'replicas':1}}}}"), "one", false, Deployments with { Now = "2027-01-01T00:00:00Z" });
        Assert.True(again.IsUnchanged);
        Assert.Equal<Value>(live, again.Object!);
    }

    [Fact]
    public void A_field_that_the_schema_lacks_is_refused()
    {
        var result = FieldOwnership.Apply(null, Json.Map($"{{{Head},'spec':{{'replicaz':1}}}}"), "one", false, Deployments);
        Assert.Equal("failed to create typed patch object (/web; apps/v1, Kind=Deployment): .spec.replicaz: field not declared in schema", result.Error);
    }

    [Fact]
    public void Ports_are_found_by_number_and_protocol_with_its_default()
    {
        var live = Apply(null, "one", "'spec':{'template':{'spec':{'containers':[{'name':'c','ports':[{'containerPort':80}]}]}}}");
        var ports = (MapValue)Entry(live, "one").GetMap("fieldsV1")!.At("f:spec", "f:template", "f:spec", "f:containers", "k:{\"name\":\"c\"}", "f:ports")!;
        Assert.Equal("k:{\"containerPort\":80,\"protocol\":\"TCP\"}", Assert.Single(ports.Keys));
    }

    [Fact]
    public void Only_a_changed_time_is_no_change()
    {
        var before = Apply(null, "one", "'spec':{'replicas':1}");
        var after = before.DeepClone();
        Entry(after, "one")["time"] = "2030-01-01T00:00:00Z";
        Assert.Equal<Value>(before, FieldOwnership.KeepTimesOfUnchanged(before, after));
        after.GetMap("spec")!["replicas"] = 2;
        Assert.Same(after, FieldOwnership.KeepTimesOfUnchanged(before, after));
    }

    [Fact]
    public void More_than_ten_updaters_become_ancient_changes()
    {
        var live = Json.Map($"{{{Head}}}");
        live = FieldOwnership.Update(null, live, "creator", Deployments);
        for (var i = 0; i < 15; i++)
        {
            var updated = live.DeepClone();
            updated.GetOrAddMap("metadata").GetOrAddMap("labels")[$"l{i}"] = "x";
            live = FieldOwnership.Update(live, updated, $"m{i:00}", Deployments with { Now = $"2026-01-01T00:00:{i:00}Z" });
        }

        var entries = live.GetMap("metadata")!.GetList("managedFields")!;
        Assert.Equal(10, entries.Count);
        Assert.Contains(entries, e => ((MapValue)e).GetString("manager") == "ancient-changes");
    }

    [Fact]
    public void A_set_reads_what_it_wrote()
    {
        var fields = Json.Map("""{"f:a":{".":{},"k:{\"name\":\"x\",\"port\":80}":{".":{},"f:b":{}},"v:\"s\"":{},"i:3":{}},"f:z":{}}""");
        Assert.Equal<Value>(fields, FieldSet.Read(fields).Write());
        Assert.Equal([".a", ".z", ".a[name=\"x\",port=80]", ".a[=\"s\"]", ".a[3]", ".a[name=\"x\",port=80].b"], FieldSet.Read(fields).Paths());
    }

    private static MapValue Apply(MapValue? live, string manager, string body)
    {
        var result = FieldOwnership.Apply(live, Json.Map($"{{{Head},{body}}}"), manager, false, Deployments);
        Assert.True(result.IsAccepted, result.Error ?? string.Join(", ", result.Conflicts));
        return result.Object;
    }

    private static MapValue Entry(MapValue value, string manager) =>
        value.GetMap("metadata")!.GetList("managedFields")!.Cast<MapValue>().Single(e => e.GetString("manager") == manager);
}
