namespace Weir.Cel.Tests;

/// <summary>Texts that are no expressions are refused in cel-go's words.</summary>
public sealed class ErrorTests
{
    private const string Start = "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";

    private static readonly CelEnvironment Environment = new(
    [
        new("number", CelType.Int), new("text", CelType.String),
        new("self", CelType.Object("selfType", name => name == "a" ? CelType.String : null)),
    ]);

    [Theory]
    [InlineData("1 +", $"1:4: Syntax error: mismatched input '<EOF>' expecting {Start}\n | 1 +\n | ...^")]
    [InlineData(
        "1 + +",
        $"1:5: Syntax error: mismatched input '+' expecting {Start}\n | 1 + +\n | ....^\nERROR: <input>:1:6: Syntax error: mismatched input '<EOF>' expecting {Start}\n | 1 + +\n | .....^")]
    [InlineData("1 $ 2", "1:3: Syntax error: token recognition error at: '$'\n | 1 $ 2\n | ..^\nERROR: <input>:1:5: Syntax error: extraneous input '2' expecting <EOF>\n | 1 $ 2\n | ....^")]
    [InlineData("text.", "1:6: Syntax error: no viable alternative at input '.'\n | text.\n | .....^")]
    [InlineData("'abc", "1:1: Syntax error: token recognition error at: ''abc'\n | 'abc\n | ^\nERROR: <input>:1:5: Syntax error: mismatched input '<EOF>' expecting " + Start + "\n | 'abc\n | ....^")]
    [InlineData("[1, 2", "1:6: Syntax error: mismatched input '<EOF>' expecting {']', ','}\n | [1, 2\n | .....^")]
    [InlineData("if", "1:1: reserved identifier: if\n | if\n | ^")]
    [InlineData("99999999999999999999", "1:1: invalid int literal\n | 99999999999999999999\n | ^")]
    [InlineData("has(1)", "1:5: invalid argument to has() macro\n | has(1)\n | ....^")]
    [InlineData("[1].all(a.b, true)", "1:10: argument must be a simple name\n | [1].all(a.b, true)\n | .........^")]
    [InlineData("nope == 1", "1:1: undeclared reference to 'nope' (in container '')\n | nope == 1\n | ^")]
    [InlineData("number == text", "1:8: found no matching overload for '_==_' applied to '(int, string)'\n | number == text\n | .......^")]
    [InlineData("text.nope()", "1:10: undeclared reference to 'nope' (in container '')\n | text.nope()\n | .........^")]
    [InlineData("self.b", "1:5: undefined field 'b'\n | self.b\n | ....^")]
    [InlineData("number.a", "1:7: type 'int' does not support field selection\n | number.a\n | ......^")]
    [InlineData("[1, 'a']", "1:5: expected type 'int' but found 'string'\n | [1, 'a']\n | ....^")]
    [InlineData("number.all(x, true)", "1:1: expression of type 'int' cannot be range of a comprehension (must be list, map, or dynamic)\n | number.all(x, true)\n | ^")]
    [InlineData("number && true", "1:1: expected type 'bool' but found 'int'\n | number && true\n | ^")]
    [InlineData("duration('x') == duration('1s')", "1:10: invalid duration argument\n | duration('x') == duration('1s')\n | .........^")]
    [InlineData("text.matches('(')", "1:14: invalid matches argument\n | text.matches('(')\n | .............^")]
    [InlineData("'%d'.format(['a'])", "1:14: error during formatting: decimal clause can only be used on integers, was given string\n | '%d'.format(['a'])\n | .............^")]
    [InlineData("'%s'.format([])", "1:12: index 0 out of range\n | '%s'.format([])\n | ...........^")]
    [InlineData("'%s'.format(['a', 'b'])", "1:12: too many arguments supplied to string.format (expected 1, got 2)\n | '%s'.format(['a', 'b'])\n | ...........^")]
    [InlineData("int{}", "1:4: 'int' is not a message type\n | int{}\n | ...^")]
    [InlineData("'é' == 1", "1:5: found no matching overload for '_==_' applied to '(string, int)'\n | 'é' == 1\n | .．..^")]
    public void Refuses(string text, string error) => Assert.Equal("ERROR: <input>:" + error, CelExpression.Compile(text, Environment).Error);
}
