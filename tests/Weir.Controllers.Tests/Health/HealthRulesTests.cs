using Weir.Flux;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Controllers.Tests.Health;

/// <summary>Health by expressions of the user.</summary>
public sealed class HealthRulesTests
{
    private const string Widget = "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a, namespace: b, generation: 2}\n";

    [Theory]
    [InlineData("status: {phase: Good}", Kubernetes.Client.Health.Current)]
    [InlineData("status: {phase: Bad}", Kubernetes.Client.Health.Failed)]
    [InlineData("status: {phase: Slow}", Kubernetes.Client.Health.InProgress)]
    [InlineData("status: {phase: Odd}", Kubernetes.Client.Health.InProgress)]
    [InlineData("status: {phase: Good, observedGeneration: 1}", Kubernetes.Client.Health.InProgress)]
    public void The_first_expression_that_holds_decides(string status, Kubernetes.Client.Health health) =>
        Assert.Equal((health, null), Rules("Widget").Judge(Read(Widget + status)));

    [Fact]
    public void An_expression_that_fails_makes_the_health_unknown_and_says_why()
    {
        var (health, error) = Rules("Widget").Judge(Read(Widget));
        Assert.Equal(Kubernetes.Client.Health.Unknown, health);
        Assert.Equal("failed to evaluate the CEL expression 'status.phase == 'Slow'': no such attribute(s): status.phase", error);
    }

    [Fact]
    public void Other_kinds_are_judged_as_ever_and_no_kind_means_all_of_the_version()
    {
        Assert.Equal(Kubernetes.Client.Health.Current, Rules("Gadget").Judge(Read(Widget)).Health);
        Assert.Equal(Kubernetes.Client.Health.Failed, Rules(null).Judge(Read(Widget + "status: {phase: Bad}")).Health);
    }

    [Fact]
    public void A_mistake_names_its_expression()
    {
        var problem = HealthRules.Compile([new() { ApiVersion = "example.com/v1", Kind = "Widget", Current = "status.phase ==" }], out _);
        Assert.StartsWith(
            "failed to create custom status evaluator for healthchecks[0]: failed to parse the expression Current: failed to parse the CEL expression 'status.phase =='",
            problem,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dep.status.ready && self.metadata.name == 'a'", null)]
    [InlineData("!dep.status.ready", "dependency 'b/other' is not ready according to readyExpr eval")]
    public void A_dependency_is_ready_when_its_expression_holds(string text, string? problem)
    {
        Assert.Null(ReadyExpression.Compile(text, out var expression));
        Assert.Equal(problem, expression!.Problem(Read(Widget), Read("status: {ready: true}"), "b/other"));
    }

    [Fact]
    public void A_readiness_that_is_no_yes_or_no_is_refused() =>
        Assert.Equal("CEL expression output type mismatch: expected bool, got string", ReadyExpression.Compile("'yes'", out _));

    private static HealthRules Rules(string? kind)
    {
        var check = new HealthCheckExpression
        {
            ApiVersion = "example.com/v1",
            Kind = kind,
            InProgress = "status.phase == 'Slow'",
            Failed = "status.phase == 'Bad'",
            Current = "status.phase == 'Good'",
        };
        Assert.Null(HealthRules.Compile([check], out var rules));
        return rules;
    }

    private static MapValue Read(string text)
    {
        Assert.True(YamlReader.Read(text, new()).TryGet(out var value));
        return (MapValue)value;
    }
}
