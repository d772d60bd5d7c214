namespace Weir.Sources.Git;

/// <summary>A commit and the name it was found under (a branch, a tag or a reference; empty for a commit alone).</summary>
public readonly record struct GitRevision(string Name, string Commit)
{
    /// <summary>Flux's form: <c>main@sha1:&lt;id&gt;</c>, or <c>sha1:&lt;id&gt;</c> without a name.</summary>
    public override string ToString()
    {
        var algorithm = Commit.Length == 64 ? "sha256" : "sha1";
        return Name.Length == 0 ? $"{algorithm}:{Commit}" : $"{Name}@{algorithm}:{Commit}";
    }
}
