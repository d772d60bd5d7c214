using System.Collections.Concurrent;
using Weir.Kubernetes;
using Weir.Rendering;
using Weir.Values;

namespace Weir.Fleet;

/// <summary>
/// Decrypts what one Kustomization reads, in memory, and remembers what must not be shown. Without keys encrypted values stay
/// as they are written, and it is remembered that there were some.
/// </summary>
internal sealed class UnitDecryption(SopsDecryption? keys)
{
    private const string Field = "sops";

    private static readonly SopsDecryption NoKeys = new([]);

    private readonly ConcurrentBag<string> _texts = [];
    private volatile bool _isLocked;

    /// <summary>Texts that were encrypted.</summary>
    public IReadOnlyList<string> Texts => [.. _texts];

    /// <summary>True when something stayed encrypted.</summary>
    public bool IsLocked => _isLocked;

    public Parsed<DecryptedFile> File(string path, ReadOnlyMemory<byte> content)
    {
        if (keys is null)
        {
            _isLocked |= NoKeys.File(path, content).HasErrors;
            return new(new DecryptedFile(content), []);
        }

        var plain = keys.File(path, content);
        if (plain.Result is { } file && !file.Content.Span.SequenceEqual(content.Span))
        {
            var text = GoString.FromBytes(file.Content.Span);
            Keep(text);

            // A file of variables.
            foreach (var line in text.Split('\n'))
            {
                Keep(line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            }
        }

        return plain;
    }

    public Parsed<MapValue> Object(MapValue value)
    {
        if (keys is null)
        {
            if (!NoKeys.Object(value).HasErrors)
            {
                return new(value, []);
            }

            _isLocked = true;
            var locked = (MapValue)value.DeepClone();
            locked.Remove(Field);
            return new(locked, []);
        }

        var plain = keys.Object(value);
        if (plain.Result is { } opened && !ReferenceEquals(opened, value))
        {
            var isSecret = opened.GroupVersionKind() is { Group: "", Kind: "Secret" };
            foreach (var (part, content) in opened)
            {
                Keep(value[part], content, isSecret && part == "data");
            }
        }

        return plain;
    }

    // Only what differs from the written text was encrypted.
    private void Keep(Value? written, Value plain, bool isEncoded)
    {
        switch (plain)
        {
            case MapValue map:
                foreach (var (key, item) in map)
                {
                    Keep((written as MapValue)?[key], item, isEncoded);
                }

                break;
            case ListValue list:
                for (var i = 0; i < list.Count; i++)
                {
                    Keep(written is ListValue old && i < old.Count ? old[i] : null, list[i], isEncoded);
                }

                break;
            default:
                if (!Value.DeepEquals(written, plain))
                {
                    Keep(isEncoded && plain is StringValue encoded ? Decoded(encoded.Value) : plain.ToString() ?? "");
                }

                break;
        }
    }

    private void Keep(string text)
    {
        foreach (var part in SecretTexts.Of(text))
        {
            _texts.Add(part);
        }
    }

    private static string Decoded(string text)
    {
        try
        {
            return GoString.FromBytes(Convert.FromBase64String(text));
        }
        catch (FormatException)
        {
            return text;
        }
    }
}
