namespace Weir.Sources.Buckets;

/// <summary>Who asks an object storage.</summary>
/// <param name="AccessKey">The name of the key.</param>
/// <param name="SecretKey">The key; never shown.</param>
public sealed record S3Credentials(string AccessKey, string SecretKey)
{
    /// <summary>Only the name.</summary>
    public override string ToString() => AccessKey;
}
