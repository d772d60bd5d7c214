using Microsoft.AspNetCore.Http;
using Weir.Sources.Buckets;
using Weir.Sources.Http;
using Weir.Sources.Tests.Servers;

namespace Weir.Sources.Tests.Buckets;

public sealed class S3ClientTests
{
    [Fact]
    public async Task Lists_come_page_by_page_and_every_request_is_signed()
    {
        await using var server = await WebServer.StartAsync(static context =>
        {
            var isFirst = !context.Request.Query.ContainsKey("continuation-token");
            return context.Response.WriteAsync($"""
                <?xml version="1.0" encoding="UTF-8"?>
                <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
                  <IsTruncated>{(isFirst ? "true" : "false")}</IsTruncated>
                  {(isFirst ? "<NextContinuationToken>a+b/c=</NextContinuationToken>" : "")}
                  <Contents><Key>{(isFirst ? "a.yaml" : "b &amp; c.yaml")}</Key><ETag>&quot;tag&quot;</ETag></Contents>
                </ListBucketResult>
                """);
        });
        using var http = new HttpClients();
        var bucket = Bucket(server);

        var found = await new S3Client(http, TimeProvider.System).ListAsync(bucket, "x/y", TestContext.Current.CancellationToken);

        Assert.Equal([new("a.yaml", "tag"), new("b & c.yaml", "tag")], found);
        Assert.Equal("/fleet/?continuation-token=a%2Bb%2Fc%3D&list-type=2&max-keys=1000&prefix=x%2Fy", server.Requests[1].Path);
        Assert.All(server.Requests, static r => Assert.StartsWith("AWS4-HMAC-SHA256 Credential=key/", r.Authorization!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_the_storage_says_is_told()
    {
        await using var server = await WebServer.StartAsync(static context =>
        {
            context.Response.StatusCode = 403;
            return context.Response.WriteAsync("<Error><Code>SignatureDoesNotMatch</Code><Message>The request signature we calculated does not match</Message></Error>");
        });
        using var http = new HttpClients();
        var failure = await Assert.ThrowsAsync<SourceException>(() =>
            new S3Client(http, TimeProvider.System).ListAsync(Bucket(server), "", TestContext.Current.CancellationToken));
        Assert.Equal(("The request signature we calculated does not match", SourceFailure.Unauthorized), (failure.Message, failure.Failure));
    }

    private static S3Bucket Bucket(WebServer server) => new()
    {
        Endpoint = new Uri(server.Url).Authority,
        Name = "fleet",
        Insecure = true,
        Credentials = new("key", "secret"),
    };
}
