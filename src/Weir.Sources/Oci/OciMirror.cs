using System.Security.Cryptography;
using Weir.Sources.Artifacts;
using Weir.Sources.Charts;
using Weir.Sources.Files;
using Weir.Sources.Mirrors;

namespace Weir.Sources.Oci;

/// <summary>
/// What stands for a repository of a registry: a packed artifact, a directory of files, or charts. The tag asked for is taken as
/// there; charts have the tags of their versions.
/// </summary>
internal sealed class OciMirror
{
    private readonly MirrorMatch _mirror;

    private OciMirror(MirrorMatch mirror) => _mirror = mirror;

    /// <exception cref="SourceException">Nothing that can be an artifact is there.</exception>
    public static OciMirror At(MirrorMatch mirror) => mirror.Form switch
    {
        MirrorForm.Missing => throw new SourceException($"the mirror of {mirror.Mirror.Prefix} has nothing at '{mirror.Path}'", SourceFailure.NotFound),
        MirrorForm.File => throw new SourceException($"the mirror of {mirror.Mirror.Prefix} is neither a directory nor an archive: '{mirror.Path}'", SourceFailure.InvalidRequest),
        MirrorForm.Repository when !Path.Exists(Path.Combine(mirror.Path, ".git")) =>
            throw new SourceException($"the mirror of {mirror.Mirror.Prefix} is a bare Git repository, which cannot stand for an OCI repository: '{mirror.Path}'", SourceFailure.InvalidRequest),
        _ => new OciMirror(mirror),
    };

    /// <summary>The versions of the charts; for other content <c>latest</c>.</summary>
    public IReadOnlyList<string> Tags()
    {
        var index = ChartFolder.At(_mirror).Index();
        var tags = index.Names.SelectMany(index.Versions).Select(v => v.Version.Replace('+', '_')).Distinct().ToList();
        return tags.Count > 0 ? tags : ["latest"];
    }

    public OciRevision Resolve(OciReference reference, string? layerMediaType)
    {
        var isChart = layerMediaType == OciMediaTypes.HelmChart;
        var tag = reference switch
        {
            { Digest: not null } => null,
            { SemVer: { } range } => OciTags.Highest(Tags(), range, filter: null, isChart: true),
            _ => reference.Tag ?? "latest",
        };
        var digest = "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Content(tag, isChart)));
        return reference.Digest is { } wanted && wanted != digest
            ? throw new SourceException($"the mirror of {_mirror.Mirror.Prefix} has the digest {digest}, not {wanted}", SourceFailure.NotFound)
            : new OciRevision(tag, digest, _mirror);
    }

    public OciLayer Pull(OciRevision revision, string? layerMediaType)
    {
        var mediaType = layerMediaType ?? OciMediaTypes.FluxContent;
        return new OciLayer(Content(revision.Tag, mediaType == OciMediaTypes.HelmChart), mediaType, new Dictionary<string, string>());
    }

    private byte[] Content(string? tag, bool isChart)
    {
        if (_mirror.Form == MirrorForm.Archive)
        {
            return File.ReadAllBytes(_mirror.Path);
        }

        if (isChart)
        {
            return Chart(tag);
        }

        var output = new MemoryStream();
        var patterns = new IgnorePatterns();
        patterns.Add(IgnorePatterns.VersionControl);
        TarGz.WriteDirectory(_mirror.Path, patterns, output);
        return output.ToArray();
    }

    private byte[] Chart(string? tag)
    {
        var folder = ChartFolder.At(_mirror);
        if (tag is null or "latest")
        {
            return folder.ReadChart();
        }

        var index = folder.Index();
        var version = tag.Replace('_', '+');
        foreach (var name in index.Names)
        {
            if (index.Versions(name).Any(v => v.Version == version))
            {
                return folder.ReadChart(name, version);
            }
        }

        throw new SourceException($"the mirror of {_mirror.Mirror.Prefix} has no chart with version '{version}'", SourceFailure.NotFound);
    }
}
