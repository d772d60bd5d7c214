namespace Weir.Kubernetes.Tests.Patches;

public sealed class MergePatchTests
{
    [Theory]
    [InlineData("{'a':1,'b':{'c':2,'d':3}}", "{'b':{'c':null,'e':4}}", "{'a':1,'b':{'d':3,'e':4}}")]
    [InlineData("{'a':[1,2]}", "{'a':[3]}", "{'a':[3]}")]
    [InlineData("{}", "{'a':{'b':null,'c':1}}", "{'a':{'c':1}}")]
    [InlineData("{}", "{'a':[{'b':null,'c':1}]}", "{'a':[{'c':1}]}")]
    [InlineData("{'a':1}", "{'a':null}", "{}")]
    public void Applies(string target, string patch, string expected) =>
        Assert.Equal(Json.Read(expected), MergePatch.Apply(Json.Read(target), Json.Read(patch)));

    [Fact]
    public void The_created_patch_leads_from_one_object_to_the_other()
    {
        var (from, to) = (Json.Map("{'a':1,'b':{'c':2,'d':3},'l':[1]}"), Json.Map("{'b':{'c':2,'d':4},'l':[1,2],'n':{}}"));
        var patch = MergePatch.Create(from, to);
        Assert.Equal(Json.Read("{'a':null,'b':{'d':4},'l':[1,2],'n':{}}"), patch);
        Assert.Equal(to, MergePatch.Apply(from, patch));
    }

    [Fact]
    public void Three_way_deletes_what_left_the_configuration_and_keeps_what_others_added()
    {
        var patch = MergePatch.CreateThreeWay(
            Json.Map("{'spec':{'a':1,'gone':1}}"),
            Json.Map("{'spec':{'a':2}}"),
            Json.Map("{'spec':{'a':1,'gone':1,'other':1}}"));
        Assert.Equal(Json.Read("{'spec':{'gone':null,'a':2}}"), patch);
    }
}
