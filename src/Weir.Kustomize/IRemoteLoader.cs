namespace Weir.Kustomize;

/// <summary>
/// Brings remote bases and files into the build. The room itself reaches no network: whoever builds decides how, and
/// whether answers are kept.
/// </summary>
public interface IRemoteLoader
{
    /// <summary>The files of a repository at the revision that the spec names.</summary>
    RemoteTree Clone(RepositorySpec spec);

    /// <summary>The content of a file on a web server.</summary>
    RemoteFile Fetch(string url);
}
