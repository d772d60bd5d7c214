namespace Weir.Yaml.Json;

/// <summary>Keys met before, so that each is one string. Kept by the thread from text to text.</summary>
internal sealed class Utf8Pool
{
    private const int Size = 1024;
    private const int LongestKey = 64;

    [ThreadStatic]
    private static Utf8Pool? s_idle;

    private readonly string?[] _strings = new string?[Size];
    private readonly byte[]?[] _bytes = new byte[]?[Size];

    public static Utf8Pool Rent()
    {
        var pool = s_idle ?? new Utf8Pool();
        s_idle = null;
        return pool;
    }

    public static void Return(Utf8Pool pool) => s_idle = pool;

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length is 0 or > LongestKey)
        {
            return JsonBytes.Decode(utf8);
        }

        var hash = (uint)utf8.Length;
        foreach (var b in utf8)
        {
            hash = (hash * 31) + b;
        }

        var slot = (hash ^ (hash >> 10)) % Size;
        if (_bytes[slot] is { } known && utf8.SequenceEqual(known))
        {
            return _strings[slot]!;
        }

        var text = JsonBytes.Decode(utf8);
        _bytes[slot] = utf8.ToArray();
        _strings[slot] = text;
        return text;
    }
}
