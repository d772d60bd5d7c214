using Weir.Yaml;

namespace Weir.Fuzz;

/// <summary>JSON: never throws; what is read is written so that it reads back the same.</summary>
internal static class JsonTarget
{
    public static FuzzTarget Create() => new(
        "json",
        [
            """{"a":[1,-2.5e3,true,null,"x\u00e9\ud83d\ude00\n"],"b":{"c":{}}}"""u8.ToArray(),
            "[[[]],\"\",0.1,9223372036854775807]"u8.ToArray(),
        ],
        Run);

    private static void Run(byte[] input)
    {
        if (!JsonReader.Read(input).TryGet(out var value))
        {
            return;
        }

        var written = JsonWriter.WriteUtf8(value);
        var again = JsonReader.Read(written);
        if (again.HasErrors || !JsonWriter.WriteUtf8(again.Result!).AsSpan().SequenceEqual(written))
        {
            throw new InvalidOperationException("does not read back");
        }
    }
}
