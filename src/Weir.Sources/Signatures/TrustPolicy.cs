using Weir.Values;
using Weir.Yaml;

namespace Weir.Sources.Signatures;

/// <summary>A trust policy of Notary Project: for each repository how strictly signatures are checked, and whom they may be of.</summary>
public sealed class TrustPolicy
{
    private readonly List<TrustPolicyStatement> _statements;

    private TrustPolicy(List<TrustPolicyStatement> statements) => _statements = statements;

    /// <exception cref="SignatureException">The document is no policy.</exception>
    public static TrustPolicy Read(string text)
    {
        if (JsonReader.Read(System.Text.Encoding.UTF8.GetBytes(text)).Result is not MapValue document)
        {
            throw new SignatureException("error occurred while parsing trustpolicy.json: it is no JSON object");
        }

        if (document.GetString("version") != "1.0")
        {
            throw new SignatureException($"trust policy document uses unsupported version \"{document.GetString("version")}\"");
        }

        var statements = document.GetList("trustPolicies")?.OfType<MapValue>().Select(TrustPolicyStatement.Read).ToList() ?? [];
        return statements.Count > 0 ? new(statements) : throw new SignatureException("trust policy document can not have zero trust policy statements");
    }

    /// <summary>The statement for a repository (<c>registry/repository</c>): the one that names it, or the one for all.</summary>
    /// <exception cref="SignatureException">There is none.</exception>
    public TrustPolicyStatement For(string repository) =>
        _statements.Find(s => s.Scopes.Contains(repository))
        ?? _statements.Find(static s => s.Scopes.Contains("*"))
        ?? throw new SignatureException($"artifact \"{repository}\" has no applicable oci trust policy statement. Trust policy applicability for a given artifact is determined by registryScopes");
}
