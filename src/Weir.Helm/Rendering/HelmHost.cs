using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Weir.GoTemplate;

namespace Weir.Helm;

/// <summary>The world as the templates of one release see it, and what they share while they run.</summary>
internal sealed class HelmHost(ReleaseOptions release, RenderOptions options) : TemplateHost
{
    private readonly byte[] _seed = SHA256.HashData(Encoding.UTF8.GetBytes($"{options.Seed}\0{release.Namespace}\0{release.Name}"));

    public RenderOptions Options { get; } = options;

    /// <summary>How many calls of <c>include</c> for each name are under way.</summary>
    public Dictionary<string, int> IncludeDepth { get; } = new(StringComparer.Ordinal);

    public override DateTimeOffset Now => Options.Now;

    public override TimeZoneInfo LocalZone => Options.LocalZone;

    public override string ResolveHost(string name) => Options.ResolveHost?.Invoke(name) ?? "";

    public override void FillRandom(CallSite site, Span<byte> buffer)
    {
        if (Options.Random is { } random)
        {
            var bytes = new byte[buffer.Length];
            random(bytes);
            bytes.CopyTo(buffer);
            return;
        }

        var place = string.Create(CultureInfo.InvariantCulture, $"{site.Template}\0{site.Line}\0{site.Column}\0{site.Chain}\0{site.Occurrence}");
        var key = HMACSHA256.HashData(_seed, Encoding.UTF8.GetBytes(place));
        Span<byte> counter = stackalloc byte[sizeof(ulong)];
        Span<byte> block = stackalloc byte[HMACSHA256.HashSizeInBytes];
        for (var i = 0UL; !buffer.IsEmpty; i++)
        {
            BinaryPrimitives.WriteUInt64BigEndian(counter, i);
            HMACSHA256.HashData(key, counter, block);
            var count = Math.Min(block.Length, buffer.Length);
            block[..count].CopyTo(buffer);
            buffer = buffer[count..];
        }
    }
}
