using Weir.Sources.Buckets;

namespace Weir.Sources.Tests.Buckets;

/// <summary>The examples of Amazon's documentation of Signature Version 4 for S3.</summary>
public sealed class S3SignatureTests
{
    private static readonly S3Credentials Credentials = new("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
    private static readonly DateTimeOffset Time = new(2013, 5, 24, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_object_with_a_range() => Assert.Equal(
        "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
        + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        Sign("https://examplebucket.s3.amazonaws.com/test.txt", new KeyValuePair<string, string>("range", "bytes=0-9")));

    [Theory]
    [InlineData("https://examplebucket.s3.amazonaws.com/?lifecycle", "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543")]
    [InlineData("https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J", "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7")]
    public void Queries(string url, string signature) => Assert.EndsWith($",Signature={signature}", Sign(url), StringComparison.Ordinal);

    [Fact]
    public void Credentials_do_not_show_their_key() => Assert.DoesNotContain("wJalr", Credentials.ToString(), StringComparison.Ordinal);

    private static string Sign(string url, params ReadOnlySpan<KeyValuePair<string, string>> more) =>
        S3Signature.Sign("GET", new Uri(url), "us-east-1", Credentials, Time, more)[^1].Value;
}
