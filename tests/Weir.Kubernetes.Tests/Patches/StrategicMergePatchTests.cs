using Weir.Values;

namespace Weir.Kubernetes.Tests.Patches;

public sealed class StrategicMergePatchTests
{
    private static readonly Schema PodSpec = BuiltInSchemas.Find("io.k8s.api.core.v1.PodSpec")!;
    private static readonly Schema DeploymentSpec = BuiltInSchemas.Find("io.k8s.api.apps.v1.DeploymentSpec")!;
    private static readonly Schema ObjectMeta = BuiltInSchemas.ObjectMeta;

    [Theory]
    // Items are found by their merge key; those that the patch names come first where the server has no say.
    [InlineData("{'containers':[{'name':'a','image':'1'},{'name':'b'}]}", "{'containers':[{'name':'b','image':'2'}]}",
        "{'containers':[{'name':'a','image':'1'},{'name':'b','image':'2'}]}")]
    [InlineData("{'containers':[{'name':'a'}]}", "{'containers':[{'name':'z'}]}", "{'containers':[{'name':'z'},{'name':'a'}]}")]
    [InlineData("{'containers':[{'name':'a'},{'name':'b'}]}", "{'containers':[{'name':'a','$patch':'delete'}]}", "{'containers':[{'name':'b'}]}")]
    [InlineData("{'containers':[{'name':'a'},{'name':'b'}]}", "{'containers':[{'name':'c'},{'$patch':'replace'}]}", "{'containers':[{'name':'c'}]}")]
    [InlineData("{'containers':[{'name':'a'},{'name':'b'}]}", "{'$setElementOrder/containers':[{'name':'b'},{'name':'a'}]}", "{'containers':[{'name':'b'},{'name':'a'}]}")]
    [InlineData("{'containers':[{'name':'a'},{'name':'x'},{'name':'b'}]}", "{'$setElementOrder/containers':[{'name':'b'},{'name':'n'},{'name':'a'}],'containers':[{'name':'n'}]}",
        "{'containers':[{'name':'x'},{'name':'b'},{'name':'n'},{'name':'a'}]}")]
    // Atomic lists and maps.
    [InlineData("{'tolerations':[{'key':'a'}]}", "{'tolerations':[{'key':'b'}]}", "{'tolerations':[{'key':'b'}]}")]
    [InlineData("{'nodeSelector':{'a':'1'}}", "{'nodeSelector':{'b':'2'}}", "{'nodeSelector':{'a':'1','b':'2'}}")]
    [InlineData("{'nodeSelector':{'a':'1'}}", "{'nodeSelector':{'$patch':'replace','b':'2'}}", "{'nodeSelector':{'b':'2'}}")]
    [InlineData("{'nodeSelector':{'a':'1'}}", "{'nodeSelector':{'$patch':'delete'}}", "{'nodeSelector':{}}")]
    [InlineData("{'nodeSelector':{'a':'1'}}", "{'nodeSelector':null}", "{}")]
    [InlineData("{}", "{'nodeSelector':{'a':null,'b':'1'}}", "{'nodeSelector':{'b':'1'}}")]
    // A volume changes its kind when only the kept keys are listed.
    [InlineData("{'volumes':[{'name':'v','emptyDir':{}}]}", "{'volumes':[{'name':'v','$retainKeys':['name','configMap'],'configMap':{'name':'x'}}]}",
        "{'volumes':[{'name':'v','configMap':{'name':'x'}}]}")]
    public void Merges_pods(string original, string patch, string expected)
    {
        var result = StrategicMergePatch.Apply(Json.Map(original), Json.Map(patch), PodSpec);
        Assert.Null(result.Error);
        Assert.Equal(Json.Read(expected), result.Value);
    }

    [Theory]
    [InlineData("{'finalizers':['a','b']}", "{'finalizers':['c','a']}", "{'finalizers':['c','a','b']}")]
    [InlineData("{'finalizers':['a','b']}", "{'$deleteFromPrimitiveList/finalizers':['a']}", "{'finalizers':['b']}")]
    [InlineData("{'finalizers':['a','b']}", "{'$setElementOrder/finalizers':['b','a','c'],'finalizers':['c']}", "{'finalizers':['b','a','c']}")]
    public void Merges_primitive_lists(string original, string patch, string expected)
    {
        var result = StrategicMergePatch.Apply(Json.Map(original), Json.Map(patch), ObjectMeta);
        Assert.Null(result.Error);
        Assert.Equal(Json.Read(expected), result.Value);
    }

    [Theory]
    [InlineData("{'containers':[{'image':'nokey'}]}", PatchErrorReason.Failed, "map: map[image:nokey] does not contain declared merge key: name")]
    [InlineData("{'nodeSelector':{'$patch':'twist'}}", PatchErrorReason.Failed, "unknown patch type: twist in map: map[$patch:twist]")]
    [InlineData("{'$retainKeys':['a'],'hostname':'x'}", PatchErrorReason.BadFormat, "invalid patch format of retainKeys")]
    [InlineData("{'$setElementOrderX':[]}", PatchErrorReason.BadFormat, "invalid patch format of setElementOrder list")]
    [InlineData("{'containers':[{'name':'a'},'b']}", PatchErrorReason.Failed, "list element types are not identical: [[map[name:c]] [map[name:a] b]]")]
    public void Refuses(string patch, PatchErrorReason reason, string message)
    {
        var result = StrategicMergePatch.Apply(Json.Map("{'containers':[{'name':'c'}],'nodeSelector':{'a':'1'}}"), Json.Map(patch), PodSpec);
        Assert.Equal(new PatchError(reason, message), result.Error);
    }

    [Fact]
    public void The_created_patch_tells_order_deletions_and_retained_keys()
    {
        var from = Json.Map("{'strategy':{'type':'RollingUpdate','rollingUpdate':{}},'template':{'spec':{'containers':[{'name':'a'},{'name':'b','image':'1'}]}}}");
        var to = Json.Map("{'strategy':{'type':'Recreate'},'template':{'spec':{'containers':[{'name':'b','image':'2'},{'name':'c'}]}}}");
        var patch = StrategicMergePatch.Create(from, to, DeploymentSpec).Value;
        Assert.Equal(
            Json.Read("""
            {'strategy':{'$retainKeys':['type'],'type':'Recreate','rollingUpdate':null},
             'template':{'spec':{
               '$setElementOrder/containers':[{'name':'b'},{'name':'c'}],
               'containers':[{'name':'b','image':'2'},{'name':'c'},{'name':'a','$patch':'delete'}]}}}
            """),
            patch);
        Assert.Equal(to, StrategicMergePatch.Apply(from, (MapValue)patch!, DeploymentSpec).Value);
    }

    [Fact]
    public void Three_way_keeps_what_others_added()
    {
        var original = Json.Map("{'replicas':1,'template':{'spec':{'containers':[{'name':'a','image':'1','env':[{'name':'X','value':'1'}]}]}}}");
        var modified = Json.Map("{'template':{'spec':{'containers':[{'name':'a','image':'2','env':[{'name':'Z','value':'3'}]}]}}}");
        var current = Json.Map("{'replicas':1,'template':{'spec':{'containers':[{'name':'a','image':'1','env':[{'name':'X','value':'1'},{'name':'Y','value':'2'}]},{'name':'injected'}],'dnsPolicy':'ClusterFirst'}}}");
        var patch = (MapValue)StrategicMergePatch.CreateThreeWay(original, modified, current, DeploymentSpec).Value!;
        var result = StrategicMergePatch.Apply(current, patch, DeploymentSpec).Value;
        Assert.Equal(
            Json.Read("{'template':{'spec':{'containers':[{'name':'a','image':'2','env':[{'name':'Z','value':'3'},{'name':'Y','value':'2'}]},{'name':'injected'}],'dnsPolicy':'ClusterFirst'}}}"),
            result);
    }

    [Fact]
    public void Leaves_its_arguments_alone()
    {
        var (original, patch) = (Json.Map("{'containers':[{'name':'a'}]}"), Json.Map("{'containers':[{'name':'a','$patch':'delete'}]}"));
        var (originalCopy, patchCopy) = (original.DeepClone(), patch.DeepClone());
        StrategicMergePatch.Apply(original, patch, PodSpec);
        Assert.Equal<Value>(originalCopy, original);
        Assert.Equal<Value>(patchCopy, patch);
    }
}
