using System.Buffers.Text;
using System.Security.Cryptography;
using Weir.ApiServer.Encoding;
using Weir.ApiServer.Storage;
using Weir.Values;

namespace Weir.ApiServer.Authentication;

/// <summary>Signs and checks the JSON web tokens of service accounts (ES256), bound to the account's uid.</summary>
internal sealed class ServiceAccountTokens(ECDsa key, ResourceTable accounts, TimeProvider time)
{
    public const string Issuer = "https://kubernetes.default.svc.cluster.local";

    /// <summary>A token for an account, valid for these audiences (the API server's own when there are none).</summary>
    public string Issue(string ns, string name, string uid, IReadOnlyList<string> audiences, TimeSpan lifetime, MapValue? boundObject)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var kubernetes = new MapValue
        {
            ["namespace"] = ns,
            ["serviceaccount"] = new MapValue { ["name"] = name, ["uid"] = uid },
        };
        if (boundObject?.GetString("kind") is { } kind)
        {
            kubernetes[kind.ToLowerInvariant()] = new MapValue { ["name"] = boundObject.GetString("name") ?? "", ["uid"] = boundObject.GetString("uid") ?? "" };
        }

        var aud = new ListValue();
        foreach (var audience in audiences.Count == 0 ? [Issuer] : audiences)
        {
            aud.Add(audience);
        }

        var claims = new MapValue
        {
            ["aud"] = aud,
            ["exp"] = now + (long)lifetime.TotalSeconds,
            ["iat"] = now,
            ["iss"] = Issuer,
            ["jti"] = Guid.NewGuid().ToString(),
            ["kubernetes.io"] = kubernetes,
            ["nbf"] = now,
            ["sub"] = $"system:serviceaccount:{ns}:{name}",
        };
        var head = Base64Url.EncodeToString("""{"alg":"ES256","typ":"JWT"}"""u8);
        var signed = $"{head}.{Base64Url.EncodeToString(JsonEncoder.Encode(claims))}";
        var signature = key.SignData(System.Text.Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>The account that a token stands for; <see langword="null"/> when it is not ours, expired, or its account is gone.</summary>
    public UserInfo? Check(string token, IReadOnlyList<string> audiences)
    {
        var parts = token.Split('.');
        if (parts.Length != 3)
        {
            return null;
        }

        byte[] signature, payload;
        try
        {
            signature = Base64Url.DecodeFromChars(parts[2]);
            payload = Base64Url.DecodeFromChars(parts[1]);
        }
        catch (FormatException)
        {
            return null;
        }

        if (!key.VerifyData(System.Text.Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), signature, HashAlgorithmName.SHA256))
        {
            return null;
        }

        if (JsonDecoder.Decode(payload, out _) is not MapValue claims
            || claims.GetInt("exp") <= time.GetUtcNow().ToUnixTimeSeconds()
            || claims.GetMap("kubernetes.io") is not { } kubernetes
            || !HasAudience(claims.GetList("aud"), audiences))
        {
            return null;
        }

        var ns = kubernetes.GetString("namespace") ?? "";
        var account = kubernetes.GetMap("serviceaccount");
        var name = account?.GetString("name") ?? "";
        var uid = account?.GetString("uid") ?? "";
        return accounts.Objects.Find(ns, name)?.Uid == uid
            ? new UserInfo
            {
                Name = $"system:serviceaccount:{ns}:{name}",
                Uid = uid,
                Groups = ["system:serviceaccounts", $"system:serviceaccounts:{ns}", UserInfo.AuthenticatedGroup],
                Extra = [new("authentication.kubernetes.io/credential-id", [$"JTI={claims.GetString("jti")}"])],
            }
            : null;
    }

    private static bool HasAudience(ListValue? granted, IReadOnlyList<string> wanted)
    {
        for (var i = 0; granted is not null && i < granted.Count; i++)
        {
            var audience = (granted[i] as StringValue)?.Value;
            if (wanted.Count == 0 ? audience == Issuer : wanted.Contains(audience))
            {
                return true;
            }
        }

        return false;
    }
}
