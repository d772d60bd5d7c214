namespace Weir.Kustomize.Transformers;

/// <summary>The parts of an image reference: <c>name[:tag][@digest]</c>.</summary>
internal readonly record struct ImageName(string Name, string Tag, string Digest)
{
    public static ImageName Split(string image)
    {
        var slash = Math.Max(0, image.IndexOf('/', StringComparison.Ordinal));
        var colon = image.IndexOf(':', slash);
        var at = image.IndexOf('@', slash);
        if (colon < 0 && at < 0)
        {
            return new(image, "", "");
        }

        if (at >= 0 && (at < colon || colon < 0))
        {
            return new(image[..at], "", image[(at + 1)..]);
        }

        return at >= 0
            ? new(image[..colon], image[(colon + 1)..at], image[(at + 1)..])
            : new(image[..colon], image[(colon + 1)..], "");
    }

    public override string ToString() =>
        Name + (Tag.Length > 0 ? $":{Tag}" : "") + (Digest.Length > 0 ? $"@{Digest}" : "");
}
