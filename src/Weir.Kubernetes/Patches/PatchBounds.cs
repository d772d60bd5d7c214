using Weir.Values;
using Weir.Yaml;

namespace Weir.Kubernetes;

/// <summary>Keeps a JSON patch, whose operations may double a document again and again, from making it endless.</summary>
internal sealed class PatchBounds(Value root)
{
    private const long MaxCopied = 3 * 1024 * 1024;
    private const int MaxExact = 64;
    private const string TooDeep = "exceeded max depth";

    // Nothing is deeper than this; it may be less.
    private int _deepest = Nesting.Depth(root);
    private long _copied;
    private int _exact;

    /// <summary>Why a value may not come to a path.</summary>
    public string? Put(string path, Value value) => Reach(Steps(path) + Nesting.Depth(value));

    /// <summary>Why a value may not go from one path to another.</summary>
    public string? Carry(string from, string path, Value? value)
    {
        var depth = Steps(path) + Math.Max(0, _deepest - Steps(from));
        return depth <= Nesting.Max ? Reach(depth)
            : _exact++ < MaxExact ? Reach(Steps(path) + Nesting.Depth(value))
            : TooDeep;
    }

    /// <summary>Why a value may not be copied once more.</summary>
    public string? Copy(Value? value)
    {
        _copied += value is null ? 0 : JsonWriter.Write(value).Length;
        return _copied <= MaxCopied ? null : $"Unable to complete the copy, the accumulated size increase of copy is {_copied}, exceeding the limit {MaxCopied}";
    }

    private string? Reach(int depth)
    {
        _deepest = Math.Max(_deepest, depth);
        return depth <= Nesting.Max ? null : TooDeep;
    }

    private static int Steps(string path) => path.AsSpan().Count('/');
}
