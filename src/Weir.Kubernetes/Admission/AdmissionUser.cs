namespace Weir.Kubernetes;

/// <summary>Who makes a request.</summary>
/// <param name="Name">The user's name.</param>
/// <param name="Uid">Empty when the user has none.</param>
/// <param name="Groups">The groups that the user belongs to.</param>
/// <param name="Extra">What else the authenticator knows.</param>
public sealed record AdmissionUser(
    string Name, string Uid, IReadOnlyList<string> Groups, IReadOnlyDictionary<string, IReadOnlyList<string>> Extra);
