using Weir.Testing;
using Weir.Values;

namespace Weir.Cel.Tests;

/// <summary>Expressions answer what cel-go and Kubernetes answer: one a line in <c>testdata/expressions</c>, its answer behind an arrow.</summary>
public sealed class ExpressionTests
{
    private static readonly string Folder = TestData.Path("expressions");

    public static IEnumerable<TheoryDataRow<string>> Files => Directory.GetFiles(Folder, "*.txt").Order().Select(f => new TheoryDataRow<string>(Path.GetFileName(f)));

    [Theory]
    [MemberData(nameof(Files))]
    public void Answers_as_cel_does(string file)
    {
        var differences = new List<string>();
        foreach (var line in File.ReadLines(Path.Combine(Folder, file)))
        {
            var arrow = line.LastIndexOf(" ⇒ ", StringComparison.Ordinal);
            if (line.StartsWith('#') || arrow < 0)
            {
                continue;
            }

            var (expression, expected) = (line[..arrow], line[(arrow + 3)..]);
            var found = Answer(expression);
            if (found != expected)
            {
                differences.Add($"{expression}\n  expected {expected}\n  found    {found}");
            }
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    [Fact]
    public void Runs_need_their_variables()
    {
        var expression = CelExpression.Compile("a + b", new CelEnvironment([new("a", CelType.Int), new("b", CelType.Int)])).Expression!;
        Assert.Equal("3", ValueText.Of(expression.Run(name => name == "a" ? 1 : 2).Value));
        Assert.Equal("error: no such attribute(s): b", ValueText.Of(expression.Run(name => name == "a" ? 1 : null).Value));
        Assert.True(expression.Uses("a"));
        Assert.False(expression.Uses("c"));
    }

    private static string Answer(string text)
    {
        var (expression, error, _) = CelExpression.Compile(text, new CelEnvironment([]));
        return expression is null ? error : ValueText.Of(expression.Run(_ => null).Value);
    }
}
