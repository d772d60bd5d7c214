using System.Security.Cryptography;
using Weir.Kubernetes;

namespace Weir.ApiServer.Discovery;

/// <summary>The hash by which clients see that the stored version of a resource changed.</summary>
internal static class StorageVersionHash
{
    public static string Of(GroupVersionKind kind)
    {
        var digest = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{kind.Group}/{kind.Version}/{kind.Kind}"));
        return Convert.ToBase64String(digest.AsSpan(0, 8));
    }
}
