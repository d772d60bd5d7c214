namespace Weir.Yaml.Composing;

/// <summary>Short strings met before in the same text, so that the keys of a thousand objects are one string each.</summary>
internal sealed class KeyPool
{
    private const int Size = 512;
    private const int LongestKey = 48;

    private readonly string?[] _strings = new string?[Size];

    public string Get(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return "";
        }

        if (text.Length > LongestKey)
        {
            return new string(text);
        }

        var hash = (uint)text.Length;
        foreach (var c in text)
        {
            hash = (hash * 31) + c;
        }

        ref var slot = ref _strings[(hash ^ (hash >> 9)) % Size];
        if (slot is not null && text.SequenceEqual(slot))
        {
            return slot;
        }

        return slot = new string(text);
    }
}
