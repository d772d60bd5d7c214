using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;
using Weir.ApiServer.Statuses;

namespace Weir.ApiServer.Authentication;

/// <summary>Finds who sends a request: a bearer token, else a client certificate, else nobody.</summary>
internal sealed class Authenticator(TokenFile tokens, ServiceAccountTokens accounts, ServerCertificates certificates, TimeProvider time)
{
    private static readonly object CertificateUserKey = new();

    public UserInfo Authenticate(HttpContext http)
    {
        string? header = http.Request.Headers.Authorization;
        if (header is not null && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && header.AsSpan(7).Trim().Length > 0)
        {
            var token = header[7..].Trim();
            return tokens.Find(token) ?? accounts.Check(token, []) ?? FromCertificate(http) ?? throw ApiStatus.Unauthorized().ToException();
        }

        return FromCertificate(http) ?? UserInfo.NotAuthenticated;
    }

    /// <summary>The user of a token, for token reviews; <see langword="null"/> when it is nobody's.</summary>
    public UserInfo? Review(string token, IReadOnlyList<string> audiences) =>
        accounts.Check(token, audiences) ?? (audiences.Count == 0 || audiences.Contains(ServiceAccountTokens.Issuer) ? tokens.Find(token) : null);

    private UserInfo? FromCertificate(HttpContext http)
    {
        if (http.Connection.ClientCertificate is not { } certificate)
        {
            return null;
        }

        // One check a connection: chains are slow to build.
        var items = http.Features.Get<Microsoft.AspNetCore.Connections.Features.IConnectionItemsFeature>()?.Items;
        if (items is not null && items.TryGetValue(CertificateUserKey, out var known))
        {
            return known as UserInfo;
        }

        var user = certificates.IsOurs(certificate, time.GetUtcNow()) ? Read(certificate) : null;
        items?.TryAdd(CertificateUserKey, user);
        return user;
    }

    private static UserInfo Read(X509Certificate2 certificate)
    {
        var (name, groups) = ("", new List<string>());
        foreach (var part in certificate.SubjectName.EnumerateRelativeDistinguishedNames())
        {
            if (part.HasMultipleElements)
            {
                continue;
            }

            if (part.GetSingleElementType().Value == "2.5.4.3")
            {
                name = part.GetSingleElementValue() ?? "";
            }
            else if (part.GetSingleElementType().Value == "2.5.4.10")
            {
                groups.Add(part.GetSingleElementValue() ?? "");
            }
        }

        groups.Add(UserInfo.AuthenticatedGroup);
        return new UserInfo { Name = name, Groups = groups };
    }
}
