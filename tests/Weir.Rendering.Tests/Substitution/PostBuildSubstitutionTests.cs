using Weir.Values;

namespace Weir.Rendering.Tests.Substitution;

public sealed class PostBuildSubstitutionTests
{
    [Theory]
    [InlineData("${name}", "web-frontend")]
    [InlineData("a ${name} b ${cluster}", "a web-frontend b production")]
    [InlineData("${#name}", "12")]
    [InlineData("${name^}", "Web-frontend")]
    [InlineData("${name^^}", "WEB-FRONTEND")]
    [InlineData("${upper,}", "aBC")]
    [InlineData("${upper,,}", "abc")]
    [InlineData("${name:4}", "frontend")]
    [InlineData("${name:4:5}", "front")]
    [InlineData("${name#*-}", "frontend")]
    [InlineData("${dots#*.}", "b.c")]
    [InlineData("${dots##*.}", "c")]
    [InlineData("${dots%.*}", "a.b")]
    [InlineData("${dots%%.*}", "a")]
    [InlineData("${dots/./-}", "a-b.c")]
    [InlineData("${dots//./-}", "a-b-c")]
    [InlineData("${dots/#a/x}", "x.b.c")]
    [InlineData("${dots/%c/x}", "a.b.x")]
    [InlineData("${none:-d}", "d")]
    [InlineData("${none:=d}", "d")]
    [InlineData("${none=d}", "d")]
    [InlineData("${empty:-d}", "d")]
    [InlineData("${name:-d}", "web-frontend")]
    [InlineData("${none:-${cluster}}", "production")]
    [InlineData("${dots/./}", "ab.c")]
    [InlineData("${slashes/\\//-}", "a-b/c")]
    [InlineData("${slashes//\\//-}", "a-b-c")]
    [InlineData("${slashes##*/}", "c")]
    [InlineData("${none=pre${cluster}-post}", "preproduction-post")]
    [InlineData("${none=${upper,,}}", "abc")]
    [InlineData("${upper}$${v$${upper}$upper${upper}", "ABC${v${upper}$upperABC")]
    [InlineData("$${none=${upper}}", "${none=ABC}")]
    [InlineData("\\\\x ${upper}", "\\\\x ABC")]
    [InlineData("${upper:5}x", "x")]
    [InlineData("${upper:1:100}", "BC")]
    [InlineData("$name", "$name")]
    [InlineData("$${name}", "${name}")]
    [InlineData("a $$ b", "a $ b")]
    public void Variables_are_replaced(string text, string expected)
    {
        var value = Substituted(text, "substitute: {name: web-frontend, cluster: production, upper: ABC, dots: a.b.c, slashes: a/b/c, empty: ''}").Single();
        Assert.Equal(expected, value.Text("data", "key"));
    }

    [Theory]
    [InlineData("${none}", "variable not set (strict mode): \"none\"")]
    [InlineData("${#none}", "variable not set (strict mode): \"none\"")]
    [InlineData("${none^^}", "variable not set (strict mode): \"none\"")]
    [InlineData("${none:0:1}", "variable not set (strict mode): \"none\"")]
    [InlineData("${none//a/b}", "variable not set (strict mode): \"none\"")]
    [InlineData("${none%a}", "variable not set (strict mode): \"none\"")]
    [InlineData("${name", "missing closing brace")]
    [InlineData("${}", "unable to parse variable name")]
    [InlineData("${name-d}", "missing closing brace")]
    [InlineData("${name/#/x}", "unable to parse substitution within function")]
    [InlineData("${name:1:-1}", "bad substitution")]
    public void What_cannot_be_replaced_names_the_object(string text, string expected) => Assert.Equal(
        $"kustomize-substitute: post build failed for 'ConfigMap.v1.[noGrp]/settings': envsubst error: variable substitution failed: {expected}",
        $"kustomize-substitute: {Substituted(text, "substitute: {name: web}").Mistake()}");

    [Fact]
    public void Without_strictness_a_missing_variable_is_empty()
    {
        var inputs = new KustomizationInputs { IsStrict = false };
        Assert.Equal("a-b", Substituted("a-${none}b", "substitute: {name: web}", inputs).Single().Text("data", "key"));
    }

    [Fact]
    public void Inline_values_win_over_those_of_references()
    {
        var inputs = new KustomizationInputs { Variables = new Dictionary<string, string> { ["a"] = "reference", ["b"] = "reference" } };
        Assert.Equal("inline reference", Substituted("${a} ${b}", "substitute: {a: inline}", inputs).Single().Text("data", "key"));
    }

    [Fact]
    public void Line_breaks_are_taken_out_of_values()
    {
        var inputs = new KustomizationInputs { Variables = new Dictionary<string, string> { ["a"] = "one\ntwo\n" } };
        Assert.Equal("onetwo", Substituted("${a}", "substitute: {}", inputs).Single().Text("data", "key"));
    }

    [Fact]
    public void Values_become_numbers_and_lists_where_the_text_says_so()
    {
        var value = Rendered.Kustomization(
            "path: ./\npostBuild: {substitute: {count: '3', list: '[a, b]'}}",
            ("a.yaml", "apiVersion: x/v1\nkind: Thing\nmetadata: {name: t}\nspec:\n  count: ${count}\n  list: ${list}\n  text: \"${count}\"\n")).Single();
        Assert.Equal(3, value.GetMap("spec")!.GetInt("count"));
        Assert.Equal(2, value.GetMap("spec")!.GetList("list")!.Count);
    }

    [Fact]
    public void Without_any_variable_nothing_is_touched_unless_the_strategy_says_always()
    {
        Assert.Equal("${a:-d}", Substituted("${a:-d}", "substituteStrategy: WithVariables").Single().Text("data", "key"));
        Assert.Equal("d", Substituted("${a:-d}", "substituteStrategy: Always").Single().Text("data", "key"));
    }

    [Theory]
    [InlineData("labels")]
    [InlineData("annotations")]
    public void An_object_may_be_left_out(string metadata)
    {
        var value = Rendered.Kustomization(
            "path: ./\npostBuild: {substitute: {a: b}}",
            ("a.yaml", Rendered.ConfigMap
                .Replace("name: settings", $"name: settings\n  {metadata}: {{kustomize.toolkit.fluxcd.io/substitute: disabled}}")
                .Replace("key: value", "key: ${a}"))).Single();
        Assert.Equal("${a}", value.Text("data", "key"));
    }

    [Fact]
    public void A_name_that_no_variable_may_have_is_refused()
    {
        var inputs = new KustomizationInputs { Variables = new Dictionary<string, string> { ["a-b"] = "c" } };
        Assert.Equal(
            "post build failed for 'ConfigMap.v1.[noGrp]/settings': envsubst error: 'a-b' var name is invalid, must match '^[_[:alpha:]][_[:alpha:][:digit:]]*$'",
            Substituted("x", "substitute: {}", inputs).Mistake());
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        var text = string.Concat(Enumerable.Repeat("${a:-", 5_000)) + new string('}', 5_000);
        Assert.EndsWith("bad substitution", Substituted(text, "substitute: {b: c}").Mistake(), StringComparison.Ordinal);
    }

    private static KustomizationRendering Substituted(string text, string postBuild, KustomizationInputs? inputs = null)
    {
        var map = Rendered.Map(Rendered.ConfigMap);
        map.GetMap("data")!["key"] = text;
        return Rendered.Kustomization($"path: ./\npostBuild:\n  {postBuild}", inputs ?? KustomizationInputs.None, ("a.yaml", Yaml.YamlWriter.Write(map)));
    }
}
