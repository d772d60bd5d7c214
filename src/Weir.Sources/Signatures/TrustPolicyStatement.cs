using Weir.Values;

namespace Weir.Sources.Signatures;

/// <summary>One statement of a trust policy.</summary>
public sealed record TrustPolicyStatement
{
    private static readonly string[] Checks = ["integrity", "authenticity", "authenticTimestamp", "expiry", "revocation"];
    private IReadOnlyDictionary<string, string> _actions = new Dictionary<string, string>();

    public string Name { get; private init; } = "";

    public IReadOnlyList<string> Scopes { get; private init; } = [];

    /// <summary>True when certificates of the store <c>ca</c> are trusted.</summary>
    public bool TrustsAuthorities { get; private init; }

    /// <summary>Whom signatures may be of: <c>*</c>, or subjects with all of these attributes.</summary>
    public IReadOnlyList<string> Identities { get; private init; } = [];

    /// <summary>True when signatures are not looked at.</summary>
    public bool IsSkipped { get; private init; }

    /// <summary>True when a failure of a check refuses the artifact.</summary>
    public bool Enforces(string check) => _actions[check] == "enforce";

    /// <summary>True when a check is not made.</summary>
    public bool Skips(string check) => _actions[check] == "skip";

    /// <exception cref="SignatureException">The statement is wrong.</exception>
    public static TrustPolicyStatement Read(MapValue value)
    {
        var name = value.GetString("name") ?? "";
        var verification = value.GetMap("signatureVerification");
        var level = verification?.GetString("level") ?? "";
        var actions = Checks.ToDictionary(static c => c, c => Action(level, c) ?? throw new SignatureException($"trust policy statement \"{name}\" has invalid signatureVerification: invalid signature verification level \"{level}\""));
        foreach (var (check, action) in verification?.GetMap("override") ?? [])
        {
            if (!actions.ContainsKey(check) || check == "integrity" || action.ToString() is not ("enforce" or "log" or "skip"))
            {
                throw new SignatureException($"trust policy statement \"{name}\" has invalid signatureVerification: verification type \"{check}\" cannot be overridden with \"{action}\"");
            }

            actions[check] = action.ToString()!;
        }

        return new()
        {
            Name = name,
            Scopes = Texts(value, "registryScopes"),
            TrustsAuthorities = Texts(value, "trustStores").Exists(static s => s.StartsWith("ca:", StringComparison.Ordinal)),
            Identities = Texts(value, "trustedIdentities"),
            IsSkipped = level == "skip",
            _actions = actions,
        };
    }

    private static string? Action(string level, string check) => (level, check) switch
    {
        ("strict", _) => "enforce",
        ("permissive", "integrity" or "authenticity") => "enforce",
        ("permissive", _) => "log",
        ("audit", "integrity") => "enforce",
        ("audit", _) => "log",
        ("skip", _) => "skip",
        _ => null,
    };

    private static List<string> Texts(MapValue value, string field) => [.. value.GetList(field)?.Select(static v => v.ToString() ?? "") ?? []];
}
