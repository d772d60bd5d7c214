using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Generators;
using Weir.Values;

namespace Weir.GoTemplate.Sprig;

/// <summary>Keys, certificates, password hashes and ciphers.</summary>
internal static class CryptoFunctions
{
    private const int Cost = 10;
    private const int MaxPassword = 72;
    private const int BlockSize = 16;

    public static FunctionTable Table { get; } = FunctionTable.Combine(
        CertificateFunctions.Table,
        FunctionTable.Create(
        [
            new("bcrypt", "func(string) string", static (c, a) => Bcrypt(c, a.String(0))),
            new("htpasswd", "func(string, string) string", static (c, a) => a.String(0).Contains(':', StringComparison.Ordinal)
                ? $"invalid username: {a.String(0)}"
                : $"{a.String(0)}:{Bcrypt(c, a.String(1))}"),
            new("derivePassword", "func(uint32, string, string, string, string) string", static (_, a) =>
                PasswordDerivation.Derive((uint)a.Int(0), a.String(1), a.String(2), a.String(3), a.String(4))),
            new("encryptAES", "func(string, string) (string, error)", Encrypt),
            new("decryptAES", "func(string, string) (string, error)", Decrypt),
        ]));

    private static string Bcrypt(CallContext context, string password)
    {
        var bytes = GoString.ToBytes(password);
        if (bytes.Length > MaxPassword)
        {
            return "failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes";
        }

        var salt = new byte[16];
        RandomStream.Take(context).Fill(salt);
        return OpenBsdBCrypt.Generate("2a", password.ToCharArray(), salt, Cost);
    }

    private static Value? Encrypt(CallContext context, Arguments arguments)
    {
        if (arguments.String(1).Length == 0)
        {
            return StringValue.Empty;
        }

        using var aes = Cipher(arguments.String(0));
        var start = new byte[BlockSize];
        RandomStream.Take(context).Fill(start);
        return Convert.ToBase64String([.. start, .. aes.EncryptCbc(GoString.ToBytes(arguments.String(1)), start)]);
    }

    private static Value? Decrypt(CallContext context, Arguments arguments)
    {
        var text = arguments.String(1);
        if (text.Length == 0)
        {
            return StringValue.Empty;
        }

        var (bytes, error) = GoBase64.Decode64(GoString.ToBytes(text));
        if (error is not null)
        {
            return context.Fail(error);
        }

        var problem = bytes.Length switch
        {
            < BlockSize => $"runtime error: slice bounds out of range [:{BlockSize}] with capacity {GoValue.Invariant(bytes.Length)}",
            BlockSize => "runtime error: index out of range [-1]",
            _ when bytes.Length % BlockSize != 0 => "crypto/cipher: input not full blocks",
            _ => null,
        };
        if (problem is not null)
        {
            return context.Fail(problem);
        }

        using var aes = Cipher(arguments.String(0));
        var plain = aes.DecryptCbc(bytes.AsSpan(BlockSize), bytes.AsSpan(0, BlockSize), PaddingMode.None);
        var length = plain.Length - plain[^1];
        return length < 0
            ? context.Fail($"runtime error: slice bounds out of range [:{length}]")
            : GoString.FromBytes(plain.AsSpan(0, length));
    }

    private static Aes Cipher(string password)
    {
        var key = new byte[32];
        var bytes = GoString.ToBytes(password);
        bytes.AsSpan(0, Math.Min(bytes.Length, key.Length)).CopyTo(key);
        var aes = Aes.Create();
        aes.Key = key;
        return aes;
    }
}
