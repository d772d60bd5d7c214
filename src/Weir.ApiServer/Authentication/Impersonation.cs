using Microsoft.AspNetCore.Http;
using Weir.ApiServer.Authorization;
using Weir.ApiServer.Statuses;
using Weir.Values;

namespace Weir.ApiServer.Authentication;

/// <summary>Lets a user speak as another (<c>Impersonate-*</c> headers) when it may impersonate every part of it.</summary>
internal sealed class Impersonation(RbacAuthorizer authorizer)
{
    private const string ServiceAccountPrefix = "system:serviceaccount:";

    public UserInfo Apply(UserInfo user, IHeaderDictionary headers)
    {
        string name = headers["Impersonate-User"].ToString();
        var groups = headers["Impersonate-Group"];
        var uid = headers["Impersonate-Uid"].ToString();
        var extra = new List<KeyValuePair<string, IReadOnlyList<string>>>();
        foreach (var (header, values) in headers)
        {
            if (header.StartsWith("Impersonate-Extra-", StringComparison.OrdinalIgnoreCase))
            {
                extra.Add(new(Uri.UnescapeDataString(header["Impersonate-Extra-".Length..].ToLowerInvariant()), [.. values.Select(v => v ?? "")]));
            }
        }

        if (name.Length == 0)
        {
            if (groups.Count > 0 || uid.Length > 0 || extra.Count > 0)
            {
                throw ApiStatus.BadRequest($"requested {Describe(uid, [.. groups.Select(g => g ?? "")], extra)} without impersonating a user name").ToException();
            }

            return user;
        }

        Check(user, name, [.. groups.Select(g => g ?? "")], uid, extra);
        return new UserInfo { Name = name, Uid = uid, Groups = Groups(name, [.. groups.Select(g => g ?? "")]), Extra = extra };
    }

    private void Check(UserInfo user, string name, IReadOnlyList<string> groups, string uid, List<KeyValuePair<string, IReadOnlyList<string>>> extra)
    {
        if (SplitAccount(name) is var (ns, account))
        {
            Require(new AccessAttributes { User = user, Verb = "impersonate", Version = "v1", Namespace = ns, Resource = "serviceaccounts", Name = account });
        }
        else
        {
            Require(new AccessAttributes { User = user, Verb = "impersonate", Version = "v1", Resource = "users", Name = name });
        }

        foreach (var group in groups)
        {
            Require(new AccessAttributes { User = user, Verb = "impersonate", Version = "v1", Resource = "groups", Name = group });
        }

        foreach (var (key, values) in extra)
        {
            foreach (var value in values)
            {
                Require(new AccessAttributes
                {
                    User = user, Verb = "impersonate", Group = "authentication.k8s.io", Version = "v1", Resource = "userextras", Subresource = key, Name = value,
                });
            }
        }

        if (uid.Length > 0)
        {
            Require(new AccessAttributes { User = user, Verb = "impersonate", Group = "authentication.k8s.io", Version = "v1", Resource = "uids", Name = uid });
        }
    }

    private void Require(AccessAttributes wanted)
    {
        if (!authorizer.Authorize(wanted).IsAllowed)
        {
            throw ApiStatus.Forbidden(wanted.Group, wanted.Resource, wanted.Name, wanted.Refusal()).ToException();
        }
    }

    private static IReadOnlyList<string> Groups(string name, IReadOnlyList<string> groups)
    {
        var all = new List<string>(groups);
        if (all.Count == 0 && SplitAccount(name) is var (ns, _))
        {
            all.Add("system:serviceaccounts");
            all.Add($"system:serviceaccounts:{ns}");
        }

        var marker = name == UserInfo.Anonymous ? UserInfo.UnauthenticatedGroup : UserInfo.AuthenticatedGroup;
        if (!all.Contains(marker) && !(name != UserInfo.Anonymous && all.Contains(UserInfo.UnauthenticatedGroup)))
        {
            all.Add(marker);
        }

        return all;
    }

    private static (string Namespace, string Name)? SplitAccount(string user)
    {
        if (!user.StartsWith(ServiceAccountPrefix, StringComparison.Ordinal))
        {
            return null;
        }

        var parts = user[ServiceAccountPrefix.Length..].Split(':');
        return parts.Length == 2 && parts[0].Length > 0 && parts[1].Length > 0 ? (parts[0], parts[1]) : null;
    }

    /// <summary>Go's %#v of the user that was asked for.</summary>
    private static string Describe(string uid, IReadOnlyList<string> groups, List<KeyValuePair<string, IReadOnlyList<string>>> extra)
    {
        static string List(IReadOnlyList<string> items) => $"[]string{{{string.Join(", ", items.Select(GoQuote.Quote))}}}";
        var groupText = groups.Count == 0 ? "[]string(nil)" : List(groups);
        var extraText = extra.Count == 0
            ? "map[string][]string(nil)"
            : $"map[string][]string{{{string.Join(", ", extra.Select(e => $"{GoQuote.Quote(e.Key)}:{List(e.Value)}"))}}}";
        return $"&user.DefaultInfo{{Name:\"\", UID:{GoQuote.Quote(uid)}, Groups:{groupText}, Extra:{extraText}}}";
    }
}
