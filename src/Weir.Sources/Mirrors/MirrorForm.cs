namespace Weir.Sources.Mirrors;

/// <summary>What lies at the path of a mirror.</summary>
public enum MirrorForm
{
    /// <summary>Nothing.</summary>
    Missing,

    /// <summary>A bare repository or the root of a work tree.</summary>
    Repository,

    /// <summary>A directory that is no repository.</summary>
    Directory,

    /// <summary>A file ending in <c>.tgz</c> or <c>.tar.gz</c>.</summary>
    Archive,

    /// <summary>Another file, such as an index.</summary>
    File,
}
