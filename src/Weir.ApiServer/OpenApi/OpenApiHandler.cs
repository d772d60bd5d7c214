using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Weir.ApiServer.Encoding;
using Weir.ApiServer.Requests;
using Weir.ApiServer.Resources;
using Weir.Values;

namespace Weir.ApiServer.OpenApi;

/// <summary>Answers /openapi/v3. Documents are made when they are first asked for.</summary>
internal sealed class OpenApiHandler(ResourceCatalog catalog)
{
    private readonly ConcurrentDictionary<string, (string Hash, byte[] Json)> _documents = new(StringComparer.Ordinal);

    public Task HandleAsync(RequestContext context, string[] parts)
    {
        var registry = catalog.Current;
        switch (parts)
        {
            case ["openapi", "v3"]:
                return WriteIndexAsync(context, registry);
            case ["openapi", "v3", "api", var version] when registry.Group("")!.Versions.Contains(version):
                return WriteDocumentAsync(context, registry, "", version);
            case ["openapi", "v3", "apis", var group, var version] when registry.Group(group)?.Versions.Contains(version) == true:
                return WriteDocumentAsync(context, registry, group, version);
            default:
                return ResponseWriter.WriteTextAsync(context.Http, 404, "404 page not found\n");
        }
    }

    private static Task WriteIndexAsync(RequestContext context, ResourceRegistry registry)
    {
        var paths = new MapValue();
        foreach (var group in registry.Groups)
        {
            foreach (var version in group.Versions)
            {
                var path = group.Name.Length == 0 ? $"api/{version}" : $"apis/{group.Name}/{version}";
                paths[path] = new MapValue { ["serverRelativeURL"] = $"/openapi/v3/{path}?hash={Hash(registry, group.Name, version)}" };
            }
        }

        // Upstream labels the index as text; clients read it as JSON.
        return ResponseWriter.WriteBytesAsync(context, 200, JsonEncoder.Encode(new MapValue { ["paths"] = paths }), "text/plain; charset=utf-8");
    }

    private Task WriteDocumentAsync(RequestContext context, ResourceRegistry registry, string group, string version)
    {
        var hash = Hash(registry, group, version);
        var key = $"{group}/{version}";
        if (!_documents.TryGetValue(key, out var known) || known.Hash != hash)
        {
            known = (hash, JsonEncoder.Encode(GroupVersionDocument.Build(registry, group, version)));
            _documents[key] = known;
        }

        return ResponseWriter.WriteTaggedAsync(context, known.Json, Negotiation.JsonType);
    }

    /// <summary>Changes when what the document is made of changes.</summary>
    private static string Hash(ResourceRegistry registry, string group, string version)
    {
        var text = new System.Text.StringBuilder().Append(ServerVersion.Git).Append('/').Append(group).Append('/').Append(version);
        foreach (var resource in registry.In(group, version))
        {
            if (resource.Custom is { } custom)
            {
                text.Append(CultureInfo.InvariantCulture, $"|{custom.Uid}:{custom.Generation}");
            }
        }

        return Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text.ToString())));
    }
}
