using Weir.Values;

namespace Weir.Kubernetes.Tests.Rules;

/// <summary>Defaults that their own schema refuses are refused with the definition.</summary>
public sealed class DefinitionDefaultsTests
{
    [Theory]
    [InlineData("{'type': 'integer', 'default': 3}", null)]
    [InlineData("{'type': 'integer', 'default': 'x'}", "s.properties[a].default: Invalid value: \"string\":  in body must be of type integer: \"string\"")]
    [InlineData("{'type': 'integer', 'maximum': 2, 'default': 3}", "s.properties[a].default: Invalid value: 3:  in body should be less than or equal to 2")]
    [InlineData("{'type': 'object', 'default': {'b': 1}}", "s.properties[a].default: Invalid value: {\"b\":1}: must not have unknown fields")]
    [InlineData("{'type': 'object', 'properties': {'b': {'type': 'string'}}, 'default': {'b': 1}}", "s.properties[a].default.b: Invalid value: \"integer\": b in body must be of type string: \"integer\"")]
    [InlineData("{'type': 'integer', 'x-kubernetes-validations': [{'rule': 'self > 5'}], 'default': 3}", "s.properties[a].default: Invalid value: 3: failed rule: self > 5")]
    [InlineData("{'type': 'integer', 'x-kubernetes-validations': [{'rule': 'self > 5'}], 'default': 6}", null)]
    public void Are_values_of_their_schema(string property, string? error)
    {
        var errors = new List<FieldError>();
        DefinitionDefaults.Check(Json.Map($"{{'type': 'object', 'properties': {{'a': {property}}}}}"), "s", errors);
        Assert.Equal(error is null ? [] : [error], errors.Select(e => e.ToString()));
    }
}
