namespace Weir.Sources.Buckets;

/// <summary>An object of a bucket and the tag of what it holds now.</summary>
public readonly record struct S3Object(string Key, string Tag);
