using System.Text.Json;
using Weir.Conformance.Tests.GoTemplate;
using Weir.GoTemplate;
using Weir.GoTemplate.Sprig;
using Weir.Testing;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Conformance.Tests.Sprig;

/// <summary>The tests of sprig v3.3, with what Helm 4.2.4 printed for them: on Linux, with floats for numbers.</summary>
public sealed class SprigTableTests
{
    private const string ParsedTime = "Thu, 13 Jun 2019 20:39:39 GMT";

    private static readonly string KnownDifferences = TestData.Path("..", "Sprig", "known-differences.txt");

    /// <summary>Rows whose values are Go code, written again by hand: template, data, output.</summary>
    private static readonly Dictionary<string, (string Template, MapValue Data, string Output)> Rebuilt = new(StringComparer.Ordinal)
    {
        ["TestAgo#1"] = ("{{ ago .Time }}", Time(Ago("2m5s")), "2m5s"),
        ["TestAgo#2"] = ("{{ ago .Time }}", Time(Ago("2h34m17s")), "2h34m17s"),
        ["TestAgo#3"] = ("{{ ago .Time }}", Time(Ago("-5s")), "-5s"),
        ["TestUnixEpoch#1"] = ("{{unixEpoch .Time}}", Time(Parsed()), "1560458379"),
        ["TestDateInZone#2"] = ("{{ date_in_zone \"02 Jan 06 15:04 -0700\" .Time \"UTC\" }}", Time(Parsed()), "13 Jun 19 20:39 +0000"),
        ["TestDateInZone#7"] = ("{{ date_in_zone \"02 Jan 06 15:04 -0700\" .Time \"foobar\" }}", Time(Parsed()), "13 Jun 19 20:39 +0000"),
        ["TestDateModify#1"] = ("{{date_modify \"24h\" .Time}}", Time(Parsed()), "2019-06-14 20:39:39 +0000 GMT"),
        ["TestBase64EncodeDecode#2"] = ("{{b64dec \"Y29mZmVl\"}}", [], "coffee"),
        ["TestBase32EncodeDecode#1"] = ("{{b32enc \"coffee\"}}", [], "MNXWMZTFMU======"),
        ["TestBase32EncodeDecode#2"] = ("{{b32dec \"MNXWMZTFMU======\"}}", [], "coffee"),
    };

    [Fact]
    public void Templates_print_what_Helm_prints()
    {
        var suite = Start("sprig templates");
        foreach (var row in Rows("sprig_runt"))
        {
            var id = row.GetProperty("id").GetString()!;
            if (!row.TryGetProperty("incomplete", out _))
            {
                suite.Run(id, () => Compare(row));
            }
            else if (Rebuilt.TryGetValue(id[(id.LastIndexOf(':') + 1)..], out var rebuilt))
            {
                suite.Run(id, () => Differs(rebuilt.Output, Render(rebuilt.Template, rebuilt.Data)));
            }
            else
            {
                suite.Skip(id);
            }
        }

        suite.Finish();
    }

    [Fact]
    public void Rows_of_single_functions_agree()
    {
        var suite = Start("sprig functions");
        foreach (var row in Rows("sprig"))
        {
            suite.Run(row.GetProperty("id").GetString()!, () => CompareFunction(row.GetProperty("func").GetString()!, row.GetProperty("row")));
        }

        suite.Finish();
    }

    private static Suite Start(string name)
    {
        Assert.SkipWhen(ConformanceData.Directory is null, ConformanceData.SkipReason);
        return new Suite(name, KnownDifferences);
    }

    private static IEnumerable<JsonElement> Rows(string table) =>
        File.ReadLines(Path.Combine(ConformanceData.Directory!, "tables", $"Sprig.{table}.jsonl")).Select(line => JsonDocument.Parse(line).RootElement);

    private static string? Compare(JsonElement row)
    {
        var data = row.TryGetProperty("vars", out var vars) && vars.ValueKind != JsonValueKind.Null
            ? JsonReader.Read(vars.GetRawText(), numbersAsFloat: true).Result!
            : new MapValue();
        var result = Render(row.GetProperty("tpl").GetString()!, data);
        var helm = row.GetProperty("helm");
        if (!helm.GetProperty("ok").GetBoolean())
        {
            var wanted = helm.GetProperty("error").GetString()!;
            return result.Error is null ? $"no error, but {result.Text}"
                : wanted.Contains(Reason(result.Error.Root.Message), StringComparison.Ordinal) ? null
                : $"{result.Error.Text}, not {wanted}";
        }

        if (!helm.TryGetProperty("random", out _))
        {
            return Differs(helm.GetProperty("out").GetString()!, result);
        }

        // What is random agrees in shape; keys and certificates are looked at in the tests of their family.
        var wantedText = helm.GetProperty("out").GetString()!;
        return result.Error is not null ? result.Error.Text
            : IsNumber(wantedText) && IsNumber(result.Text) ? null
            : wantedText.Contains("-----BEGIN", StringComparison.Ordinal) && result.Text.Contains("-----BEGIN", StringComparison.Ordinal) ? null
            : Math.Abs(result.Text.Length - wantedText.Length) <= wantedText.Length / 10 ? null
            : $"{result.Text} has another shape than {wantedText}";
    }

    /// <summary>How many digits a random number has is chance; its range is looked at in the rows of single functions.</summary>
    private static bool IsNumber(string text) => long.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out _);

    /// <summary>Helm prints the message of <c>fail</c> alone.</summary>
    private static string Reason(string message) => message.Replace("error calling fail: ", "", StringComparison.Ordinal);

    private static string? CompareFunction(string test, JsonElement row)
    {
        switch (test)
        {
            case "TestHtpasswd":
                var hash = Render("{{ htpasswd .Username .Password }}", JsonReader.Read(row.GetRawText()).Result!);
                return hash.Text.StartsWith(row.GetProperty("Username").GetString() + ":$2a$10$", StringComparison.Ordinal) ? null : hash.Text;
            case "TestRandomInt":
                var (min, max) = (row.GetProperty("min").GetInt32(), row.GetProperty("max").GetInt32());
                var number = int.Parse(Render($"{{{{ randInt {min} {max} }}}}", new MapValue()).Text, System.Globalization.CultureInfo.InvariantCulture);
                return number >= min && number < max ? null : $"{number} is not in [{min},{max})";
        }

        var function = test switch
        {
            "TestMustRegexFindAll" => "mustRegexFindAll",
            "TestMustRegexFindl" => "mustRegexFind",
            "TestMustRegexReplaceAll" => "mustRegexReplaceAll",
            "TestMustRegexReplaceAllLiteral" => "mustRegexReplaceAllLiteral",
            _ => "mustRegexSplit",
        };
        var arguments = string.Join(' ', row.GetProperty("args").EnumerateObject().Select(a => a.Value.GetRawText()));
        var expected = row.GetProperty("expected");
        return expected.ValueKind == JsonValueKind.Number
            ? Differs(expected.GetRawText(), Render($"{{{{ {function} {arguments} | len }}}}", new MapValue()))
            : Differs(expected.GetString()!, Render($"{{{{ {function} {arguments} }}}}", new MapValue()));
    }

    private static string? Differs(string wanted, TemplateResult result) =>
        result.Error?.Text ?? (result.Text == wanted ? null : $"{result.Text}, not {wanted}");

    /// <summary>As Helm renders: missing keys are zero values, and <c>&lt;no value&gt;</c> disappears.</summary>
    private static TemplateResult Render(string template, Value data)
    {
        var set = new TemplateSet(SprigFunctions.Table, new TemplateSetOptions { MissingKey = MissingKey.Zero });
        if (set.Parse("x", template) is { } error)
        {
            return new TemplateResult("", error);
        }

        var result = set.Execute("x", data, new FixtureHost());
        return result with { Text = result.Text.Replace("<no value>", "", StringComparison.Ordinal) };
    }

    private static MapValue Time(GoTimestamp time) => new() { ["Time"] = new GoTime(time) };

    private static GoTimestamp Ago(string duration)
    {
        Assert.True(GoDuration.TryParse(duration, out var ago));
        return GoTimestamp.From(DateTimeOffset.UnixEpoch, GoZone.Utc).Add(new GoDuration(-ago.Nanoseconds));
    }

    private static GoTimestamp Parsed()
    {
        Assert.True(GoTimeLayout.TryParse("Mon, 02 Jan 2006 15:04:05 MST", ParsedTime, GoZone.Utc, out var time, out var error), error);
        return time;
    }
}
