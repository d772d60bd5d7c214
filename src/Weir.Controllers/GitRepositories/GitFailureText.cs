using System.Text.RegularExpressions;
using Weir.Sources.Git;
using Weir.Sources.Http;

namespace Weir.Controllers;

/// <summary>Failures of git in the words of the library that Flux uses, which conditions and events show.</summary>
internal static partial class GitFailureText
{
    /// <param name="request">What was asked for.</param>
    /// <param name="failure">What git said; credentials are out of it.</param>
    /// <param name="isKnown">True when an artifact is there: Flux then only lists the remote.</param>
    public static string Describe(GitFetchRequest request, GitException failure, bool isKnown)
    {
        var url = WithoutCredentials(request.Url);
        var reference = request.Reference;
        var action = $"unable to {(isKnown && failure.Failure == GitFailure.Unreachable ? "list remote for" : "clone")} '{url}'";
        switch (failure.Failure)
        {
            case GitFailure.Unauthorized:
                return $"{action}: authentication required: ";
            case GitFailure.ReferenceNotFound when reference.Commit is { } commit:
                return $"unable to resolve commit object for '{commit}': object not found";
            case GitFailure.ReferenceNotFound when reference.Name is { } name:
                return $"unable to resolve ref '{name}' to a specific commit";
            case GitFailure.ReferenceNotFound when reference.SemVer is null:
                return $"{action}: {failure.Message}";
            case GitFailure.Unreachable:
                return $"{action}: {Cause(url, failure.Message)}";
            default:
                return failure.Message;
        }
    }

    private static string Cause(string url, string message)
    {
        var prefix = $"Get \"{url}/info/refs?service=git-upload-pack\": ";
        if (Refused().Match(message) is { Success: true } refused)
        {
            return $"{prefix}dial tcp {refused.Groups["host"].Value}:{refused.Groups["port"].Value}: connect: connection refused";
        }

        if (Unknown().Match(message) is { Success: true } unknown)
        {
            return prefix + GoTransportError.UnknownHost(unknown.Groups["host"].Value);
        }

        return message.Contains("not found", StringComparison.Ordinal) && message.Contains("repository", StringComparison.Ordinal)
            ? "repository not found: "
            : message;
    }

    private static string WithoutCredentials(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.UserInfo.Contains(':', StringComparison.Ordinal)
            ? url.Replace(parsed.UserInfo, "***", StringComparison.Ordinal)
            : url;

    [GeneratedRegex(@"Failed to connect to (?<host>\S+) port (?<port>\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex Refused();

    [GeneratedRegex(@"Could not resolve host: (?<host>\S+)", RegexOptions.CultureInvariant)]
    private static partial Regex Unknown();
}
