using Weir.GoTemplate.Sprig;
using Weir.Values;

namespace Weir.GoTemplate.Tests.Sprig;

/// <summary>Renders one template with sprig's functions.</summary>
internal static class Rendered
{
    public static string Text(string template, Value? data = null, TemplateHost? host = null)
    {
        var result = Run(template, data, host);
        Assert.True(result.Succeeded, result.Error?.Text);
        return result.Text;
    }

    /// <summary>The message of the error that the template must end with.</summary>
    public static string Error(string template, Value? data = null)
    {
        var result = Run(template, data, null);
        Assert.False(result.Succeeded, $"no error, but {result.Text}");
        return result.Error.FullMessage;
    }

    private static TemplateResult Run(string template, Value? data, TemplateHost? host)
    {
        var set = new TemplateSet(SprigFunctions.Table);
        return set.Parse("t", template) is { } error
            ? new TemplateResult("", error)
            : set.Execute("t", data ?? new MapValue(), host ?? new SeededHost("seed"));
    }
}
