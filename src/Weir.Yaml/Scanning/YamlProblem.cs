namespace Weir.Yaml.Scanning;

/// <summary>Why a text cannot be parsed.</summary>
/// <param name="Message">go-yaml's words, without place.</param>
/// <param name="Mark">Where the problem was noticed.</param>
/// <param name="ContextLine">The line of what was being read, from 0; go-yaml v3 and some v2 messages name it.</param>
/// <param name="Origin">Which stage noticed it; go-yaml counts lines differently in each.</param>
internal sealed record YamlProblem(string Message, Mark Mark, int ContextLine, ProblemOrigin Origin)
{
    /// <summary>go-yaml's whole text, such as <c>yaml: line 3: mapping values are not allowed in this context</c>.</summary>
    public string GoText(bool goYamlV3)
    {
        var line = goYamlV3 ? LineOfV3() : LineOfV2();
        return line == 0 ? $"yaml: {Message}" : $"yaml: line {line}: {Message}";
    }

    private int LineOfV2()
    {
        // go-yaml adds one to a scanner's line and forgets to add it to a parser's.
        if (Origin == ProblemOrigin.Reader)
        {
            return 0;
        }

        if (Mark.Line != 0)
        {
            return Origin == ProblemOrigin.Scanner ? Mark.Line + 1 : Mark.Line;
        }

        return ContextLine;
    }

    private int LineOfV3()
    {
        if (Origin == ProblemOrigin.Reader)
        {
            return 0;
        }

        var line = ContextLine != 0 ? ContextLine : Mark.Line;
        return line != 0 && Origin == ProblemOrigin.Scanner ? line + 1 : line;
    }
}
