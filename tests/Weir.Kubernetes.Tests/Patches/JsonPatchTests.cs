using Weir.Values;

namespace Weir.Kubernetes.Tests.Patches;

public sealed class JsonPatchTests
{
    [Theory]
    [InlineData("{'op':'add','path':'/l/-','value':4}", "{'l':[1,2,3,4],'m':{'a/b':1}}")]
    [InlineData("{'op':'add','path':'/l/0','value':0}", "{'l':[0,1,2,3],'m':{'a/b':1}}")]
    [InlineData("{'op':'add','path':'/l/3','value':4}", "{'l':[1,2,3,4],'m':{'a/b':1}}")]
    [InlineData("{'op':'remove','path':'/l/-1'}", "{'l':[1,2],'m':{'a/b':1}}")]
    [InlineData("{'op':'remove','path':'/m/a~1b'}", "{'l':[1,2,3],'m':{}}")]
    [InlineData("{'op':'replace','path':'/m/new','value':null}", "{'l':[1,2,3],'m':{'a/b':1,'new':null}}")]
    [InlineData("{'op':'move','from':'/l/0','path':'/m/x'}", "{'l':[2,3],'m':{'a/b':1,'x':1}}")]
    [InlineData("{'op':'copy','from':'/m','path':'/n'}", "{'l':[1,2,3],'m':{'a/b':1},'n':{'a/b':1}}")]
    [InlineData("{'op':'test','path':'/m/missing','value':null}", "{'l':[1,2,3],'m':{'a/b':1}}")]
    [InlineData("{'op':'test','path':'','value':{'m':{'a/b':1},'l':[1,2,3]}}", "{'l':[1,2,3],'m':{'a/b':1}}")]
    [InlineData("{'op':'replace','path':'','value':{}}", "{}")]
    public void Applies(string operation, string expected)
    {
        var result = JsonPatch.Apply(Json.Map("{'l':[1,2,3],'m':{'a/b':1}}"), Json.List($"[{operation}]"));
        Assert.Null(result.Error);
        Assert.Equal(Json.Read(expected), result.Value);
    }

    [Theory]
    [InlineData("{'op':'remove','path':'/l/9'}", "error in remove for path: '/l/9': Unable to access invalid index: 9: invalid index referenced")]
    [InlineData("{'op':'remove','path':'/x'}", "error in remove for path: '/x': Unable to remove nonexistent key: x: missing value")]
    [InlineData("{'op':'replace','path':'/x/y','value':1}", "replace operation does not apply: doc is missing path: /x/y: missing value")]
    [InlineData("{'op':'replace','path':'/l/3','value':1}", "replace operation does not apply: doc is missing key: /l/3: missing value")]
    [InlineData("{'op':'test','path':'/l/0','value':1.5}", "testing value /l/0 failed: test failed")]
    [InlineData("{'op':'nonsense','path':'/l'}", "Unexpected kind: nonsense")]
    [InlineData("{'op':'add','path':'/l/x','value':1}", "error in add for path: '/l/x': value was not a proper array index: 'x': strconv.Atoi: parsing \"x\": invalid syntax")]
    public void Refuses(string operation, string message)
    {
        var result = JsonPatch.Apply(Json.Map("{'l':[1,2,3]}"), Json.List($"[{operation}]"));
        Assert.Equal(new PatchError(PatchErrorReason.NotApplicable, message), result.Error);
    }

    [Fact]
    public void Leaves_the_document_alone()
    {
        var document = Json.Map("{'a':{'b':1}}");
        JsonPatch.Apply(document, Json.List("[{'op':'remove','path':'/a/b'}]"));
        Assert.Equal(Json.Read("{'a':{'b':1}}"), document);
    }

    [Fact]
    public void A_document_cannot_be_doubled_for_ever()
    {
        // Each copy goes into the deepest place that the one before it made.
        var deep = new ListValue(Enumerable.Range(0, 11).Select(static i => (Value)Json.Read(
            $"{{'op':'copy','from':'/a','path':'{string.Concat(Enumerable.Repeat("/a", (1 << i) + 1))}'}}")));
        Assert.Equal("exceeded max depth", JsonPatch.Apply(Json.Read("{'a':{}}"), deep).Error?.Message);
        var wide = new ListValue(Enumerable.Range(0, 40).Select(static i => (Value)Json.Read($"{{'op':'copy','from':'/a','path':'/a/-'}}")));
        Assert.StartsWith("Unable to complete the copy, the accumulated size increase of copy is ", JsonPatch.Apply(new MapValue { ["a"] = new ListValue { new string('x', 1_000_000) } }, wide).Error?.Message, StringComparison.Ordinal);
    }
}
