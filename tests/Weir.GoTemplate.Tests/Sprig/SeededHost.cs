using System.Security.Cryptography;
using System.Text;

namespace Weir.GoTemplate.Tests.Sprig;

/// <summary>A host whose random bytes come from a seed and the place of the call.</summary>
internal sealed class SeededHost(string seed) : TemplateHost
{
    public override DateTimeOffset Now { get; } = new(2024, 2, 29, 13, 4, 5, 678, TimeSpan.Zero);

    public override void FillRandom(CallSite site, Span<byte> buffer)
    {
        var key = Encoding.UTF8.GetBytes($"{seed}|{site.Template}|{site.Line}|{site.Column}|{site.Chain}|{site.Occurrence}");
        for (var at = 0; at < buffer.Length; at += 32)
        {
            var block = SHA256.HashData([.. key, (byte)(at / 32)]);
            block.AsSpan(0, Math.Min(32, buffer.Length - at)).CopyTo(buffer[at..]);
        }
    }
}
