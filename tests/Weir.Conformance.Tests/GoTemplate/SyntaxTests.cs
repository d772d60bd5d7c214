using System.Numerics;
using System.Text.Json;
using Weir.GoTemplate;
using Weir.GoTemplate.Syntax;
using Weir.Testing;

namespace Weir.Conformance.Tests.GoTemplate;

/// <summary>Go 1.27's <c>text/template/parse</c> tests: tokens, numbers, trees, errors.</summary>
public sealed class SyntaxTests
{
    private static readonly string KnownDifferences = TestData.Path("..", "GoTemplate", "known-differences.txt");

    private static readonly FunctionTable Functions = FunctionTable.Combine(
        FunctionTable.Builtins,
        FunctionTable.Create(new TemplateFunction("contains", "func(string, string) bool", (_, _) => true)));

    [Fact]
    public void Cuts_text_into_tokens_as_Go_does()
    {
        var suite = Start("text/template/parse tokens");
        foreach (var row in Rows.Of("texttemplate_parse", "", "lexTests"))
        {
            suite.Run(row.Id, () => Tokens(row, new LexerOptions { KeepComments = true }));
        }

        foreach (var row in Rows.Of("texttemplate_parse", "", "lexDelimTests"))
        {
            suite.Run(row.Id, () => Tokens(row, new LexerOptions { KeepComments = true, LeftDelimiter = "$$", RightDelimiter = "@@" }));
        }

        foreach (var row in Rows.Of("texttemplate_parse", "", "lexPosTests"))
        {
            suite.Run(row.Id, () => Tokens(row, new LexerOptions { KeepComments = true }));
        }

        suite.Finish();
    }

    [Fact]
    public void Reads_numbers_as_Go_does()
    {
        var suite = Start("text/template/parse numbers");
        foreach (var row in Rows.Of("texttemplate_parse", "", "numberTests"))
        {
            suite.Run(row.Id, () => Number(row));
        }

        suite.Finish();
    }

    [Fact]
    public void Parses_as_Go_does()
    {
        var suite = Start("text/template/parse trees");
        foreach (var row in Rows.Of("texttemplate_parse", "", "parseTests"))
        {
            suite.Run(row.Id, () => Tree(row, keepComments: false));
        }

        foreach (var row in Rows.Of("texttemplate_parse", "TestParseWithComments", "tests"))
        {
            suite.Run(row.Id, () => Tree(row, keepComments: true));
        }

        foreach (var row in Rows.Of("texttemplate_parse", "", "isEmptyTests"))
        {
            suite.Run(row.Id, () => Parser.Parse("root", row.Text("input"), Functions, TemplateSetOptions.Default, out _)!
                .Templates[^1].IsEmpty == row.Fields.GetProperty("empty").GetBoolean() ? null : "differs");
        }

        foreach (var row in Rows.Of("texttemplate_parse", "", "errorTests"))
        {
            suite.Run(row.Id, () =>
            {
                var parsed = Parser.Parse(row.Name, row.Text("input"), Functions, TemplateSetOptions.Default, out var error);
                var got = error?.Text ?? "no error";
                return parsed is null && got.Contains(row.Text("result"), StringComparison.Ordinal)
                    ? null
                    : $"want {row.Text("result")}, got {got}";
            });
        }

        foreach (var row in Rows.Of("texttemplate", "", "multiParseTests"))
        {
            suite.Run(row.Id, () => Definitions(row));
        }

        suite.Finish();
    }

    private static Suite Start(string name)
    {
        Assert.SkipWhen(ConformanceData.Directory is null, ConformanceData.SkipReason);
        return new Suite(name, KnownDifferences);
    }

    private static string? Tokens(Row row, LexerOptions options)
    {
        var tokens = Lexer.Read(row.Text("input"), options);
        var wanted = row.Fields.GetProperty("items").EnumerateArray().ToArray();
        if (tokens.Count != wanted.Length)
        {
            return $"want {wanted.Length} tokens, got {string.Join(' ', tokens)}";
        }

        for (var i = 0; i < wanted.Length; i++)
        {
            var (kind, text) = wanted[i].TryGetProperty("typ", out var typ)
                ? (typ, wanted[i].GetProperty("val"))
                : (wanted[i].GetProperty("0"), wanted[i].GetProperty("2"));
            if (tokens[i].Kind != Kind(kind.GetProperty("$sym").GetString()!) || tokens[i].Text != text.GetString())
            {
                return $"token {i}: want {kind} {text}, got {tokens[i].Kind} {tokens[i].Text}";
            }

            if (wanted[i].TryGetProperty("1", out var position)
                && (position.GetInt32() != tokens[i].Position || wanted[i].GetProperty("3").GetInt32() != tokens[i].Line))
            {
                return $"token {i}: want {wanted[i]}, got position {tokens[i].Position} line {tokens[i].Line}";
            }
        }

        return null;
    }

    private static TokenKind Kind(string name) => name switch
    {
        "itemEOF" => TokenKind.EndOfText,
        "itemLeftDelim" => TokenKind.LeftDelimiter,
        "itemRightDelim" => TokenKind.RightDelimiter,
        _ => Enum.Parse<TokenKind>(name["item".Length..]),
    };

    private static string? Number(Row row)
    {
        var text = row.Text("text");
        var kind = text[0] == '\'' ? TokenKind.CharConstant
            : text.EndsWith('i') && text.AsSpan(1).ContainsAny("+-") && !text.Contains('e', StringComparison.Ordinal) ? TokenKind.Complex
            : TokenKind.Number;
        var number = GoNumber.Read(kind, text, out _);
        bool Flag(string name) => row.Fields.GetProperty(name).GetBoolean();
        if (number is null)
        {
            return Flag("isInt") || Flag("isUint") || Flag("isFloat") || Flag("isComplex") ? "no number" : null;
        }

        if (number.IsInt != Flag("isInt") || number.IsUInt != Flag("isUint") || number.IsFloat != Flag("isFloat") || number.IsComplex != Flag("isComplex"))
        {
            return $"kinds differ: {number}";
        }

        return (!number.IsInt || number.Int64 == row.Fields.GetProperty("int64").GetDouble())
            && (!number.IsUInt || number.UInt64 == row.Fields.GetProperty("uint64").GetDouble())
            && (!number.IsFloat || number.Float64 == row.Fields.GetProperty("float64").GetDouble())
            && (!number.IsComplex || number.Complex128 == ComplexOf(row.Fields.GetProperty("complex128")))
            ? null
            : $"values differ: {number}";
    }

    private static Complex ComplexOf(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? new Complex(value.GetDouble(), 0)
        : new Complex(value.GetProperty("$complex")[0].GetDouble(), value.GetProperty("$complex")[1].GetDouble());

    private static string? Tree(Row row, bool keepComments)
    {
        // The upstream test lowers the limit for its rows of nested parentheses.
        var options = row.Name.StartsWith("paren nesting", StringComparison.Ordinal)
            ? new TemplateSetOptions { MaxParseDepth = 3 }
            : TemplateSetOptions.Default;
        var parsed = Parser.Parse(row.Name, row.Text("input"), Functions, options, keepComments, out var error);
        if (parsed is null)
        {
            return row.Ok ? $"failed: {error!.Text}" : null;
        }

        if (!row.Ok)
        {
            return "parsed";
        }

        var got = Write(parsed, parsed.Templates[^1], quotesText: true);
        return got == row.Text("result") ? null : $"want {row.Text("result")}, got {got}";
    }

    private static string Write(ParsedText source, Template template, bool quotesText)
    {
        var writer = new SyntaxWriter(source) { QuotesText = quotesText };
        template.Root.WriteTo(writer);
        return writer.ToString();
    }

    private static string? Definitions(Row row)
    {
        var parsed = Parser.Parse("root", row.Text("input"), Functions, TemplateSetOptions.Default, out var error);
        if (parsed is null || !row.Ok)
        {
            return row.Ok == (error is null) ? null : error?.Text ?? "parsed";
        }

        var names = row.Fields.GetProperty("names");
        var count = names.ValueKind == JsonValueKind.Null ? 0 : names.GetArrayLength();
        for (var i = 0; i < count; i++)
        {
            var template = parsed.Templates.Find(t => t.Name == names[i].GetString());
            var wanted = row.Fields.GetProperty("results")[i].GetString();
            if (template is null || Write(parsed, template, quotesText: false) != wanted)
            {
                return $"{names[i]} differs";
            }
        }

        return parsed.Templates.Count == count + 1 ? null : "a template too many or too few";
    }
}
