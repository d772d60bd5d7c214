using System.Security.Cryptography;
using Weir.GoTemplate;
using Weir.Values;

namespace Weir.Helm;

/// <summary>The text of <c>--name-template</c>, which sprig's functions may make a release's name of.</summary>
public static class NameTemplate
{
    /// <summary>The name, or the error as Go prints it.</summary>
    /// <param name="template">The text.</param>
    /// <param name="seed">What random text grows from.</param>
    /// <param name="now">The time.</param>
    public static (string Name, string? Error) Render(string template, string? seed, DateTimeOffset now)
    {
        const string name = "name-template";
        var set = new TemplateSet(HelmFunctions.Table);
        if (set.Parse(name, template) is { } unreadable)
        {
            return ("", unreadable.Text);
        }

        var options = new RenderOptions { Now = now, Seed = seed ?? "" };
        var host = new HelmHost(new ReleaseOptions { Name = name, Namespace = "" }, seed is null ? options with { Random = RandomFrom(now) } : options);
        var result = set.Execute(name, NullValue.Instance, host);
        return result.Succeeded ? (result.Text, null) : ("", result.Error.Text);
    }

    /// <summary>Names differ from one moment to the next; nothing secret hangs on them.</summary>
    private static Action<byte[]> RandomFrom(DateTimeOffset now) =>
        buffer => SHA512.HashData(BitConverter.GetBytes(now.UtcTicks)).AsSpan(0, Math.Min(buffer.Length, 64)).CopyTo(buffer);
}
