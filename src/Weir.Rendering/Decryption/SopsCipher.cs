using System.Globalization;
using System.Text;
using Weir.Values;

namespace Weir.Rendering;

/// <summary>Single values as SOPS writes them: <c>ENC[AES256_GCM,data:…,iv:…,tag:…,type:…]</c>.</summary>
internal static class SopsCipher
{
    private const string Prefix = "ENC[AES256_GCM,";

    public static bool IsEncrypted(string text) => text.StartsWith(Prefix, StringComparison.Ordinal) && text.EndsWith(']');

    /// <summary>The plain value; <see langword="null"/> when the text is damaged, or stands elsewhere than where it was encrypted.</summary>
    /// <param name="text">The encrypted value.</param>
    /// <param name="cipher">The document's data key.</param>
    /// <param name="path">The keys that lead to the value, each with a colon behind it.</param>
    public static Value? Decrypt(string text, LongNonceGcm cipher, string path)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in text[Prefix.Length..^1].Split(','))
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                parts[part[..colon]] = part[(colon + 1)..];
            }
        }

        try
        {
            var plain = cipher.Decrypt(
                Convert.FromBase64String(parts.GetValueOrDefault("iv", "")),
                Convert.FromBase64String(parts.GetValueOrDefault("data", "")),
                Convert.FromBase64String(parts.GetValueOrDefault("tag", "")),
                GoString.ToBytes(path));
            return plain is null ? null : Typed(GoString.FromBytes(plain), parts.GetValueOrDefault("type", ""));
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>What a value adds to the document's checksum.</summary>
    public static byte[] ToBytes(Value value) => value switch
    {
        BoolValue flag => flag.Value ? "True"u8.ToArray() : "False"u8.ToArray(),
        IntValue number => Encoding.ASCII.GetBytes(number.Value.ToString(CultureInfo.InvariantCulture)),
        FloatValue number => Encoding.ASCII.GetBytes(GoFloat.Format(number.Value, 'f', -1)),
        StringValue text => GoString.ToBytes(text.Value),
        _ => [],
    };

    private static Value? Typed(string text, string type) => type switch
    {
        "str" or "bytes" or "comment" or "time" => new StringValue(text),
        "int" => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null,
        "float" => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
        "bool" => text.ToUpperInvariant() switch { "TRUE" => true, "FALSE" => false, _ => (Value?)null },
        _ => null,
    };
}
