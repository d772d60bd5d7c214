using System.Globalization;
using System.Text;
using Weir.Values;

namespace Weir.Controllers;

/// <summary>The name of a generated artifact's file: Adler-32 over the Adler-32 of each file and its name, in decimal.</summary>
internal static class ContentHash
{
    public static string Of(string folder, string prefix)
    {
        var lines = new StringBuilder();
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(f => (Path: f, Name: $"{prefix}/{Path.GetRelativePath(folder, f)}"))
            .OrderBy(f => f.Name, GoString.Comparer);
        foreach (var (path, name) in files)
        {
            lines.Append(CultureInfo.InvariantCulture, $"{Adler32(File.ReadAllBytes(path)):x}  {name}\n");
        }

        return Adler32(Encoding.UTF8.GetBytes(lines.ToString())).ToString(CultureInfo.InvariantCulture);
    }

    private static uint Adler32(ReadOnlySpan<byte> bytes)
    {
        const uint Modulus = 65521;
        uint a = 1, b = 0;
        foreach (var value in bytes)
        {
            a = (a + value) % Modulus;
            b = (b + a) % Modulus;
        }

        return (b << 16) | a;
    }
}
