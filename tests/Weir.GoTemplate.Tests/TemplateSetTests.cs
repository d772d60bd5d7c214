using Weir.Values;

namespace Weir.GoTemplate.Tests;

public sealed class TemplateSetTests
{
    private static readonly FunctionTable Functions = FunctionTable.Create(
        new TemplateFunction("include", "func(string, any) (string, error)", (context, a) =>
        {
            var result = context.Render(a.String(0), a[1]);
            return result.Succeeded ? result.Text : context.Fail(result.Error);
        }),
        new TemplateFunction("tpl", "func(string, any) (string, error)", (context, a) =>
        {
            var set = context.Templates.Derive();
            if (set.Parse("tpl", a.String(0), out var template) is { } error)
            {
                return context.Fail(error, "cannot parse: ");
            }

            var result = context.Render(set, template!, a[1]);
            return result.Succeeded ? result.Text : context.Fail(result.Error);
        }),
        new TemplateFunction("random", "func() int", (context, _) =>
        {
            Span<byte> bytes = stackalloc byte[1];
            context.Host.FillRandom(context.TakeSite(), bytes);
            return new IntValue(bytes[0], IntegerType.Int);
        }));

    [Fact]
    public void The_last_definition_wins_unless_it_is_empty()
    {
        var set = new TemplateSet(FunctionTable.Empty);
        Assert.Null(set.Parse("a", "{{define \"x\"}}first{{end}}"));
        Assert.Null(set.Parse("b", "{{define \"x\"}}second{{end}}"));
        Assert.Null(set.Parse("c", "{{define \"x\"}} {{/* nothing */}} {{end}}"));
        Assert.Equal("second", Text(set, "x"));
    }

    [Fact]
    public void A_text_that_does_not_parse_leaves_the_set_as_it_was()
    {
        var set = new TemplateSet(FunctionTable.Empty);
        Assert.NotNull(set.Parse("a", "{{define \"x\"}}first{{end}}{{ nope }}"));
        Assert.False(set.Contains("x"));
        Assert.Equal("template: no template \"x\" associated with template \"\"", set.Execute("x", NullValue.Instance, new FixedHost()).Error?.Text);
    }

    [Fact]
    public void A_derived_set_sees_its_parent_and_does_not_change_it()
    {
        var set = new TemplateSet(FunctionTable.Empty);
        set.Parse("a", "{{define \"x\"}}old{{end}}{{define \"y\"}}[{{template \"x\"}}]{{end}}");
        var derived = set.Derive();
        derived.Parse("b", "{{define \"x\"}}new{{end}}");
        Assert.Equal("[new]", Text(derived, "y"));
        Assert.Equal("[old]", Text(set, "y"));
        Assert.Equal(["a", "b", "x", "y"], derived.Names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Errors_carry_the_chain_of_templates()
    {
        var set = new TemplateSet(Functions);
        set.Parse("helpers", "\n{{define \"h\"}}{{ .a.b.c }}{{end}}");
        set.Parse("main", "x: {{ include \"h\" . }}", out var main);
        var error = set.Execute(main!, new MapValue { ["a"] = new MapValue { ["b"] = NullValue.Instance } }, new FixedHost()).Error!;
        Assert.Equal(
            "template: main:1:6: executing \"main\" at <include \"h\" .>: error calling include: "
            + "template: helpers:2:19: executing \"h\" at <.a.b.c>: nil pointer evaluating interface {}.c",
            error.Text);
        Assert.Equal("include", error.Function);
        Assert.Equal("h", error.Root.Executing);
        Assert.Equal("'b' is null", error.Root.Hint);
    }

    [Fact]
    public void Texts_evaluated_in_a_loop_see_and_make_definitions_of_their_own()
    {
        var set = new TemplateSet(Functions);
        set.Parse("main", "{{range .}}{{ tpl . $ }};{{end}}", out var main);
        var texts = new ListValue(["{{define \"d\"}}1{{end}}{{template \"d\"}}", "{{define \"d\"}}2{{end}}{{include \"d\" .}}", " ", "{{ len . }}"]);
        var result = set.Execute(main!, texts, new FixedHost());
        Assert.Equal("1;2; ;4;", result.Text);
        Assert.False(set.Contains("d"));
    }

    [Fact]
    public void Call_sites_tell_the_chain_and_count_occurrences()
    {
        var set = new TemplateSet(Functions);
        set.Parse("helpers", "{{define \"h\"}}{{ random }}{{end}}");
        set.Parse("main", "{{ include \"h\" . }}\n{{range 2}}{{ random }}{{end}}{{ include \"h\" . }}", out var main);
        var host = new FixedHost();
        Assert.Equal("7\n777", set.Execute(main!, NullValue.Instance, host).Text);
        Assert.Equal(
            [
                new CallSite("helpers", 1, 17, "main:1:3", 0),
                new CallSite("main", 2, 14, "", 0),
                new CallSite("main", 2, 14, "", 1),
                new CallSite("helpers", 1, 17, "main:2:33", 0),
            ],
            host.Sites);
    }

    [Fact]
    public void Maps_are_shared_between_templates()
    {
        var functions = FunctionTable.Create(new TemplateFunction("set", "func(map[string]any, string, any) map[string]any", (_, a) =>
        {
            a.Map(0)![a.String(1)] = a[2];
            return a[0];
        }));
        var set = new TemplateSet(functions);
        set.Parse("main", "{{define \"change\"}}{{ $_ := set . \"k\" 2 }}{{end}}{{template \"change\" .}}{{.k}}", out var main);
        Assert.Equal("2", set.Execute(main!, new MapValue { ["k"] = 1.0 }, new FixedHost()).Text);
    }

    [Fact]
    public void One_set_may_be_executed_on_many_threads()
    {
        var set = new TemplateSet(Functions);
        set.Parse("main", "{{range 50}}{{ tpl \"{{ . }}\" . }},{{end}}", out var main);
        var expected = set.Execute(main!, NullValue.Instance, new FixedHost()).Text;
        Parallel.For(0, 16, _ => Assert.Equal(expected, set.Execute(main!, NullValue.Instance, new FixedHost()).Text));
    }

    private static string Text(TemplateSet set, string name)
    {
        var result = set.Execute(name, NullValue.Instance, new FixedHost());
        Assert.Null(result.Error?.Text);
        return result.Text;
    }
}
