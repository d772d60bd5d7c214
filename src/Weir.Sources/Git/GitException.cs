namespace Weir.Sources.Git;

/// <summary>Git refused or failed. The message has git's own words without credentials.</summary>
public sealed class GitException(string message, GitFailure failure) : Exception(message)
{
    public GitFailure Failure { get; } = failure;
}
