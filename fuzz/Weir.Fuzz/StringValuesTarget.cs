using Weir.Helm;
using Weir.Values;

namespace Weir.Fuzz;

/// <summary>The language of <c>--set</c> in all its forms: a text is laid over values or refused.</summary>
internal static class StringValuesTarget
{
    public static FuzzTarget Create() => new(
        "strvals",
        [
            "a.b=1,list[0].name=x,more={a,b},c=null,d=true"u8.ToArray(),
            @"host=a\.b\,c,grid[1][2]=x,empty=,z[3]={1,two}"u8.ToArray(),
            "json={\"a\":[1,{\"b\":null}]},other=\"t\",list[2]=[1]"u8.ToArray(),
        ],
        Run);

    private static void Run(byte[] input)
    {
        var text = GoString.FromBytes(input);
        _ = StringValues.Parse(text, Values());
        _ = StringValues.ParseString(text, Values());
        _ = StringValues.ParseJson(text, Values());
        _ = StringValues.ParseLiteral(text, Values());
        _ = StringValues.ParseFile(text, Values(), path => path.Length % 2 == 0 ? (new StringValue(path), null) : (null, "not there"));
    }

    private static MapValue Values() => new()
    {
        ["a"] = new MapValue { ["b"] = "text" },
        ["list"] = new ListValue([new MapValue { ["name"] = "first" }, 2L]),
    };
}
