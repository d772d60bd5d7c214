using Weir.GoTemplate;
using Weir.Values;

namespace Weir.Fuzz;

/// <summary>Template text: parsing and executing never throw, and end within their limits.</summary>
internal static class TemplateTarget
{
    private static readonly TemplateLimits Limits = new() { MaxSteps = 20_000, MaxOutput = 200_000 };

    public static FuzzTarget Create() => new(
        "template",
        [
            "{{define \"x\"}}{{.}}{{template \"y\" .list}}{{end}}{{range $i, $e := .list}}{{$i}}{{break}}{{else}}{{end}}"u8.ToArray(),
            "{{- /* c */ -}} {{if and .a (not .b) | or .c}}{{with $x := .map.k}}{{$x = 2}}{{end}}{{else if eq 1 2}}{{end}}"u8.ToArray(),
            "{{printf \"%[2]*.[1]*f %+v %#x %q\" 1 'c' 1+2i 0x1p4 .map | html | js | urlquery}}{{block \"b\" .}}{{continue}}{{end}}"u8.ToArray(),
            "{{index .list 0 | printf `%d`}}{{slice .text 1 2}}{{len .map}}{{(.map).k.z}}{{range 5}}{{continue}}{{end}}{{call .f}}"u8.ToArray(),
            "{{template \"t\" .}}{{define \"t\"}}{{template \"t\" .}}{{end}}"u8.ToArray(),
        ],
        Run);

    private static void Run(byte[] input)
    {
        var set = new TemplateSet(FunctionTable.Empty);
        var error = set.Parse("fuzz", GoString.FromBytes(input), out var template);
        if (error is not null)
        {
            _ = error.Text;
            return;
        }

        foreach (var mode in Enum.GetValues<MissingKey>())
        {
            var strict = new TemplateSet(FunctionTable.Empty, new TemplateSetOptions { MissingKey = mode });
            strict.Parse("fuzz", GoString.FromBytes(input));
            var result = strict.Execute(template!, Data(), new Host(), Limits);
            _ = result.Error?.ToDiagnostic().ToString();
        }
    }

    private static MapValue Data() => new()
    {
        ["a"] = true,
        ["b"] = 1.5,
        ["c"] = NullValue.Instance,
        ["text"] = "wéir",
        ["list"] = new ListValue([1.0, "two", new ListValue(), NullValue.Instance]),
        ["map"] = new MapValue { ["k"] = new MapValue { ["z"] = 3.0 } },
    };

    private sealed class Host : TemplateHost
    {
        public override DateTimeOffset Now => DateTimeOffset.UnixEpoch;

        public override void FillRandom(CallSite site, Span<byte> buffer) => buffer.Clear();
    }
}
