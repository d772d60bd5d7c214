using System.Security.Cryptography;
using Weir.Values;

namespace Weir.GoTemplate.Sprig;

/// <summary>Base64, base32 and digests.</summary>
internal static class EncodingFunctions
{
    public static FunctionTable Table { get; } = FunctionTable.Create(
    [
        new("b64enc", "func(string) string", static (_, a) => Convert.ToBase64String(GoString.ToBytes(a.String(0)))),
        new("b64dec", "func(string) string", static (_, a) => Decoded(GoBase64.Decode64(GoString.ToBytes(a.String(0))))),
        new("b32enc", "func(string) string", static (_, a) => GoBase64.Encode32(GoString.ToBytes(a.String(0)))),
        new("b32dec", "func(string) string", static (_, a) => Decoded(GoBase64.Decode32(GoString.ToBytes(a.String(0))))),
#pragma warning disable CA5350 // Charts ask for SHA-1 by name, for checksums.
        new("sha1sum", "func(string) string", static (_, a) => Convert.ToHexStringLower(SHA1.HashData(GoString.ToBytes(a.String(0))))),
#pragma warning restore CA5350
        new("sha256sum", "func(string) string", static (_, a) => Convert.ToHexStringLower(SHA256.HashData(GoString.ToBytes(a.String(0))))),
        new("sha512sum", "func(string) string", static (_, a) => Convert.ToHexStringLower(SHA512.HashData(GoString.ToBytes(a.String(0))))),
        new("adler32sum", "func(string) string", static (_, a) => GoValue.Invariant(Adler32(GoString.ToBytes(a.String(0))))),
    ]);

    /// <summary>sprig prints the error in the place of the text.</summary>
    private static string Decoded((byte[] Bytes, string? Error) result) => result.Error ?? GoString.FromBytes(result.Bytes);

    private static uint Adler32(byte[] bytes)
    {
        const uint Modulus = 65521;
        var (a, b) = (1u, 0u);
        foreach (var value in bytes)
        {
            a = (a + value) % Modulus;
            b = (b + a) % Modulus;
        }

        return (b << 16) | a;
    }
}
