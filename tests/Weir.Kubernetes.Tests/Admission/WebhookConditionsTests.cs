namespace Weir.Kubernetes.Tests.Admission;

/// <summary>The conditions of webhooks are checked when they are written.</summary>
public sealed class WebhookConditionsTests
{
    [Theory]
    [InlineData("{name: a, expression: \"request.userInfo.username == 'x' && has(object.spec)\"}", null)]
    [InlineData("{name: a, expression: '1'}", "w.matchConditions[0].expression: Invalid value: \"1\": must evaluate to bool but got int")]
    [InlineData("{name: a, expression: params.x}", "w.matchConditions[0].expression: Invalid value: \"params.x\": compilation failed: ERROR: <input>:1:1: undeclared reference to 'params' (in container '')\n | params.x\n | ^")]
    [InlineData("{name: a}", "w.matchConditions[0].expression: Required value")]
    [InlineData("{expression: 'true'}", "w.matchConditions[0].name: Required value")]
    public void Are_expressions(string condition, string? error)
    {
        var errors = new List<FieldError>();
        PolicyExpressions.CheckConditions(AdmissionCases.Yaml($"matchConditions: [{condition}]\n"), "w", errors);
        Assert.Equal(error is null ? [] : [error], errors.Select(e => e.ToString()));
    }
}
