using Weir.Sources.Mirrors;

namespace Weir.Controllers;

/// <summary>What an artifact's metadata says when a mirror answered instead of the network.</summary>
internal static class MirrorNote
{
    public const string Key = "weir.mirror";

    /// <summary>The metadata with the mirrored prefix; the same metadata when no mirror answered.</summary>
    public static IReadOnlyDictionary<string, string> Add(IReadOnlyDictionary<string, string>? metadata, MirrorMatch? mirror)
    {
        metadata ??= new Dictionary<string, string>();
        return mirror is null ? metadata : new Dictionary<string, string>(metadata) { [Key] = mirror.Mirror.Prefix };
    }
}
