using Weir.Values;

namespace Weir.Kubernetes.Tests.Rules;

/// <summary>Rules of a definition refuse objects with the messages of kube-apiserver.</summary>
public sealed class RuleValidationTests
{
    private readonly List<string> _warnings = [];

    [Theory]
    [InlineData("{'rule': 'self.a > self.b'}", "spec: Invalid value: failed rule: self.a > self.b")]
    [InlineData("{'rule': 'self.a > self.b', 'message': ' a above b '}", "spec: Invalid value: a above b")]
    [InlineData("{'rule': 'self.a > self.b', 'messageExpression': 'string(self.a) + \\' must be above \\' + string(self.b)'}", "spec: Invalid value: 1 must be above 2")]
    [InlineData("{'rule': 'self.a > self.b', 'message': 'm', 'messageExpression': 'self.t == \\'\\' ? \\'\\' : \\'\\''}", "spec: Invalid value: m")]
    [InlineData("{'rule': 'self.a > self.b', 'reason': 'FieldValueForbidden', 'fieldPath': '.a'}", "spec.a: Forbidden: failed rule: self.a > self.b")]
    [InlineData("{'rule': 'self.a > self.b', 'reason': 'FieldValueRequired', 'fieldPath': '.m[\\'x y\\']'}", "spec.m[x y]: Required value: failed rule: self.a > self.b")]
    [InlineData("{'rule': 'self.a > self.b', 'reason': 'FieldValueDuplicate'}", "spec: Duplicate value")]
    [InlineData("{'rule': 'self.none == 1'}", "spec: Invalid value: \"object\": no such key: none evaluating rule: self.none == 1")]
    [InlineData("{'rule': 'self.t.matches(self.t + \\'(\\')'}", "spec: Invalid value: \"object\": error parsing regexp: missing closing ): `x(` evaluating rule: self.t.matches(self.t + '(')")]
    [InlineData("{'rule': 'self.list.all(x, self.list.all(y, self.list.all(z, x + y + z >= 0)))'}", "spec: Invalid value: \"object\": 'operation cancelled: actual cost limit exceeded': no further validation rules will be run due to call cost exceeds limit for rule: self.list.all(x, self.list.all(y, self.list.all(z, x + y + z >= 0)))")]
    public void Tells_what_does_not_hold(string rule, string error) =>
        Assert.Equal([error], Check(Schema(rule), $"{{'spec': {{'a': 1, 'b': 2, 't': 'x', 'list': [{string.Join(',', Enumerable.Range(0, 150))}]}}}}"));

    [Fact]
    public void Rules_about_changes_need_an_old_value()
    {
        var schema = Schema("{'rule': 'self.a >= oldSelf.a', 'message': 'never less'}");
        Assert.Empty(Check(schema, "{'spec': {'a': 1}}"));
        Assert.Empty(Check(schema, "{'spec': {'a': 2}}", "{'spec': {'a': 1}}"));
        Assert.Equal(["spec: Invalid value: never less"], Check(schema, "{'spec': {'a': 1}}", "{'spec': {'a': 2}}"));
    }

    [Fact]
    public void An_old_value_may_be_optional()
    {
        var schema = Schema("{'rule': 'oldSelf.hasValue() || self.a == 0', 'optionalOldSelf': true, 'message': 'starts at 0'}");
        Assert.Equal(["spec: Invalid value: starts at 0"], Check(schema, "{'spec': {'a': 1}}"));
        Assert.Empty(Check(schema, "{'spec': {'a': 1}}", "{'spec': {'a': 0}}"));
    }

    [Fact]
    public void Items_of_maps_are_found_by_their_keys()
    {
        var schema = Schema("{'rule': 'true'}");
        const string Old = "{'spec': {'items': [{'n': 'x', 'v': 1}, {'n': 'y', 'v': 5}]}}";
        Assert.Empty(Check(schema, "{'spec': {'items': [{'n': 'y', 'v': 6}, {'n': 'z', 'v': 0}]}}", Old));
        Assert.Equal(
            ["spec.items[0].v: Invalid value: 4: failed rule: self >= oldSelf"], Check(schema, "{'spec': {'items': [{'n': 'y', 'v': 4}]}}", Old));
    }

    [Fact]
    public void What_did_not_change_is_forgiven_with_a_warning()
    {
        var schema = Schema("{'rule': 'self.a > self.b'}");
        Assert.Empty(Check(schema, "{'spec': {'a': 1, 'b': 2}, 'other': 'new'}", "{'spec': {'a': 1, 'b': 2}, 'other': 'old'}"));
        Assert.Equal(["spec: Invalid value: failed rule: self.a > self.b"], _warnings);
        Assert.NotEmpty(Check(schema, "{'spec': {'a': 1, 'b': 3}}", "{'spec': {'a': 1, 'b': 2}}"));
        Assert.DoesNotContain(
            Check(schema, "{'spec': {'a': 'wrong', 'b': 2}, 'other': 'new'}", "{'spec': {'a': 'wrong', 'b': 2}, 'other': 'old'}"),
            e => e.Contains("must be of type", StringComparison.Ordinal));
    }

    [Fact]
    public void Rules_do_not_run_on_broken_values() => Assert.Contains(
        "<nil>: Invalid value: null: some validation rules were not checked because the object was invalid; correct the existing errors to complete validation",
        Check(Schema("{'rule': 'self.a > self.b'}"), "{'spec': {'a': 'x', 'b': 2}}"));

    [Fact]
    public void All_rules_of_an_object_share_a_budget()
    {
        var schema = Schema(string.Join(", ", Enumerable.Repeat("{'rule': 'self.list.all(x, self.list.all(y, x + y >= 0))'}", 30)));
        Assert.Equal(
            ["spec: Invalid value: \"object\": validation failed due to running out of cost budget, no further validation rules will be run"],
            Check(schema, $"{{'spec': {{'list': [{string.Join(',', Enumerable.Range(0, 300))}]}}}}"));
    }

    private List<string> Check(Schema schema, string value, string? old = null) =>
        [.. CustomValidation.Validate(Json.Map(value), old is null ? null : Json.Map(old), schema, _warnings.Add, CancellationToken.None).Select(e => e.ToString())];

    private static Schema Schema(string rules) => CustomSchema.ReadObject(Json.Map("""
        {'type': 'object', 'properties': {'other': {'type': 'string'}, 'spec': {
          'type': 'object', 'x-kubernetes-validations': [RULES],
          'properties': {
            'a': {'type': 'integer'}, 'b': {'type': 'integer'}, 'none': {'type': 'integer'}, 't': {'type': 'string'},
            'm': {'type': 'object', 'additionalProperties': {'type': 'string'}}, 'list': {'type': 'array', 'items': {'type': 'integer'}},
            'items': {'type': 'array', 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['n'], 'items': {'type': 'object', 'properties': {
              'n': {'type': 'string'}, 'v': {'type': 'integer', 'x-kubernetes-validations': [{'rule': 'self >= oldSelf'}]}}}}}}}}
        """.Replace("RULES", rules.Replace("\\'", "\\u0027", StringComparison.Ordinal), StringComparison.Ordinal)));
}
