using System.Reflection;
using Weir.Testing;
using Weir.Values;
using Weir.Yaml;

namespace Weir.GoTemplate.Tests.Execution;

/// <summary>
/// A case in <c>testdata/templates</c>: a file of sections, each under a line <c>== NAME</c>. <c>template</c> is parsed as
/// <c>main</c>, <c>data</c> is YAML, <c>options</c> names a missing-key mode, and <c>output</c> and <c>error</c> are what
/// must come out, line breaks at the end aside. <c>WEIR_RECORD=1</c> writes the latter two anew.
/// </summary>
internal sealed class Golden
{
    private readonly string _path;
    private readonly Dictionary<string, string> _sections = new(StringComparer.Ordinal);

    public Golden(string name)
    {
        _path = Path.Combine(Directory, name + ".txt");
        string? section = null;
        foreach (var line in File.ReadAllText(_path).Split('\n'))
        {
            if (line.StartsWith("== ", StringComparison.Ordinal))
            {
                section = line[3..];
                _sections[section] = "";
            }
            else if (section is not null)
            {
                _sections[section] += line + "\n";
            }
        }
    }

    public static string Directory =>
        Path.Combine(TestData.ProjectDirectory(Assembly.GetExecutingAssembly()), "testdata", "templates");

    public void Check()
    {
        var data = YamlReader.Read(Section("data"), new YamlReadOptions { File = "values.yaml", NumbersAsFloat = true });
        Assert.Empty(data.Diagnostics);
        Enum.TryParse<MissingKey>(Section("options"), out var missingKey);
        var set = new TemplateSet(FunctionTable.Empty, new TemplateSetOptions { MissingKey = missingKey });
        var error = set.Parse("main", Section("template"), out var template);
        var result = error is null ? set.Execute(template!, data.Result!, new FixedHost()) : new TemplateResult("", error);
        var hint = result.Error is { } e && e.ToDiagnostic().Hint is { } text ? $"\nhint: {text}" : "";
        var problem = result.Error is null ? "" : result.Error.Text + hint;
        if (Environment.GetEnvironmentVariable("WEIR_RECORD") == "1")
        {
            Record(result.Text, problem);
            return;
        }

        Assert.Equal(Section("error"), problem);
        Assert.Equal(Section("output"), result.Text.TrimEnd('\n'));
    }

    private string Section(string name) => _sections.GetValueOrDefault(name, "").TrimEnd('\n');

    private void Record(string output, string error)
    {
        _sections["output"] = output.TrimEnd('\n') + "\n\n";
        _sections["error"] = error + "\n\n";

        var text = string.Join("", _sections.Where(s => s.Value.Trim('\n').Length > 0).Select(s => $"== {s.Key}\n{s.Value.TrimEnd('\n')}\n\n"));
        File.WriteAllText(_path, text.TrimEnd('\n') + "\n");
    }
}
