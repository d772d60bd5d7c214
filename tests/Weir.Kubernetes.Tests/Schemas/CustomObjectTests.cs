using Weir.Values;

namespace Weir.Kubernetes.Tests.Schemas;

public sealed class CustomObjectTests
{
    private static readonly Schema Schema = CustomSchema.ReadObject(Json.Map("""
        {'type':'object','properties':{'spec':{'type':'object','properties':{
          'a':{'type':'string','default':'da'},
          'o':{'type':'object','default':{},'properties':{'x':{'type':'integer','default':7},'y':{'type':'string'}}},
          'l':{'type':'array','items':{'type':'object','properties':{'p':{'type':'string','default':'q'}}}},
          'nn':{'type':'string','nullable':true,'default':'z'},
          'free':{'type':'object','x-kubernetes-preserve-unknown-fields':true,'properties':{'typed':{'type':'object','properties':{}}}},
          'emb':{'type':'object','x-kubernetes-embedded-resource':true,'x-kubernetes-preserve-unknown-fields':true},
          'm':{'type':'object','additionalProperties':{'type':'object','properties':{'d':{'type':'integer','default':1}}}}}}}}
        """));

    [Fact]
    public void Fields_that_nothing_describes_are_dropped()
    {
        var value = Json.Map("{'apiVersion':'x/v1','kind':'W','metadata':{'name':'a'},'drop':1,'spec':{'drop':1,'l':[{},{'p':'r','drop':2}],'free':{'any':{'b':1},'typed':{'no':1}},'emb':{'apiVersion':'v1','kind':'Pod','metadata':{'name':'x','zzz':1},'spec':{'q':1}}}}");
        Assert.Equal(["drop", "spec.drop", "spec.emb.metadata.zzz", "spec.free.typed.no", "spec.l[1].drop"], CustomObject.Prune(value, Schema));
        Assert.Equal<Value>(
            Json.Read("{'apiVersion':'x/v1','kind':'W','metadata':{'name':'a'},'spec':{'l':[{},{'p':'r'}],'free':{'any':{'b':1},'typed':{}},'emb':{'apiVersion':'v1','kind':'Pod','metadata':{'name':'x'},'spec':{'q':1}}}}"),
            value);
    }

    [Theory]
    [InlineData("{'spec':{'l':[{},{'p':'r'}],'m':{'k':{}}}}", "{'spec':{'a':'da','l':[{'p':'q'},{'p':'r'}],'m':{'k':{'d':1}},'nn':'z','o':{'x':7}}}")]
    [InlineData("{}", "{}")]
    [InlineData("{'spec':{'a':null,'nn':null,'o':null}}", "{'spec':{'a':'da','nn':null,'o':{'x':7}}}")]
    [InlineData("{'spec':{'o':{'y':null}}}", "{'spec':{'a':'da','nn':'z','o':{'x':7}}}")]
    public void Defaults_are_filled_in(string before, string after)
    {
        var value = Json.Map(before);
        CustomObject.ApplyDefaults(value, Schema);
        Assert.Equal(Json.Read(after), value);
    }
}
