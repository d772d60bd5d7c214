using Weir.Values;

namespace Weir.Values.Tests.Versions;

public sealed class VersionConstraintTests
{
    [Theory]
    [InlineData("=2.0.0", "1.2.3", false)]
    [InlineData("4.1", "4.1.0", true)]
    [InlineData("4.1", "4.1.7", true)]
    [InlineData("!=4.1", "5.1.0", true)]
    [InlineData("!=4.x", "4.1.0", false)]
    [InlineData("!=4.2.x", "4.2.3", false)]
    [InlineData(">1.1", "4.1.0", true)]
    [InlineData(">11", "11.1.0", false)]
    [InlineData(">11", "12.0.0", true)]
    [InlineData(">11.1", "11.1.1", false)]
    [InlineData(">11.1", "11.2.1", true)]
    [InlineData("<=11", "11.2.0", true)]
    [InlineData("<=11.2", "11.2.9", true)]
    [InlineData("<2", "2.0.0", false)]
    [InlineData(">=1.25.0-0", "1.26.0-rc.1", true)]
    [InlineData(">=1.25.0", "1.26.0-rc.1", false)]
    [InlineData(">=1.25.0-0 <2", "1.26.0-rc.1", true)]
    [InlineData(">= 1.1, < 2, !=1.2.3", "1.2.3", false)]
    [InlineData(">=1.1 <2||>=3", "3.0.0", true)]
    [InlineData(">= 1.1, <2 || > 3", "2.5.0", false)]
    [InlineData("1.1 - 2", "1.1.1", true)]
    [InlineData("1.5.0 - 4.5", "4.5.9", true)]
    [InlineData("1.1-3", "4.3.2", false)]
    [InlineData("^0.2.3", "0.3.0", false)]
    [InlineData("^0.0.3", "0.0.4", false)]
    [InlineData("^0.0.3", "0.0.3", true)]
    [InlineData("^0.0", "0.0.9", true)]
    [InlineData("^0.0", "0.1.0", false)]
    [InlineData("^0", "0.9.0", true)]
    [InlineData("^1.2.0", "v1.99.0", true)]
    [InlineData("^1.2.0", "2.0.0", false)]
    [InlineData("~1", "1.9.0", true)]
    [InlineData("~1.2.3", "1.3.0", false)]
    [InlineData("~>1.2", "1.2.9", true)]
    [InlineData("*", "4.1.0", true)]
    [InlineData("*", "4.1.0-alpha", false)]
    [InlineData("*-0", "4.1.0-alpha", true)]
    [InlineData("x.x.x", "0.1.0", true)]
    [InlineData("=>1.19.0", "1.34.0", true)]
    public void Checks_a_version(string constraint, string version, bool expected)
    {
        Assert.True(VersionConstraint.TryParse(constraint, out var parsed, out var error), error);
        Assert.True(SemanticVersion.TryParse(version, out var v));
        Assert.Equal(expected, parsed.Check(v));
        Assert.Equal(expected, parsed.Validate(v).Count == 0);
    }

    [Theory]
    [InlineData("", "improper constraint: \"\"")]
    [InlineData("foo", "improper constraint: \"foo\"")]
    [InlineData(">= bar", "improper constraint: \">= bar\"")]
    [InlineData(">=1.2 - 1.4", "improper constraint: \">=>= 1.2, <= 1.4 \"")]
    [InlineData("1.0 || ", "improper constraint: \" \"")]
    [InlineData("v1a", "improper constraint: \"v1a\"")]
    [InlineData("1|2.0.0", "constraint parser error")]
    [InlineData("1.2.3>2", "improper constraint: \"1.2.3>2\"")]
    public void Says_what_is_no_constraint(string text, string message)
    {
        Assert.False(VersionConstraint.TryParse(text, out _, out var error));
        Assert.Equal(message, error);
    }

    [Theory]
    [InlineData("^0.2.0", "0.3.0", "\"0.3.0\" does not have same minor version as \"0.2.0\". Expected minor versions to match when constraint major version is 0")]
    [InlineData("~1.2", "1.3.0", "\"1.3.0\" does not have same major and minor version as \"1.2\"")]
    [InlineData(">=2", "1.3.0", "\"1.3.0\" is less than \"2\"")]
    [InlineData("<2", "2.0.0-rc", "\"2.0.0-rc\" is a prerelease version and the constraint is only looking for release versions")]
    public void Says_why_a_version_does_not_fit(string constraint, string version, string reason)
    {
        Assert.True(VersionConstraint.TryParse(constraint, out var parsed));
        Assert.True(SemanticVersion.TryParse(version, out var v));
        Assert.Equal([reason], parsed.Validate(v));
    }

    [Theory]
    [InlineData(">= 1.1, < 2 || ~3.x", ">=1.1 <2 || ~3.x")]
    [InlineData("1 - 2", ">=1 <=2")]
    public void Prints_its_clauses(string text, string expected)
    {
        Assert.True(VersionConstraint.TryParse(text, out var parsed));
        Assert.Equal(expected, parsed.ToString());
    }

    [Fact]
    public void Stays_fast_on_hostile_text()
    {
        var text = "1" + string.Concat(Enumerable.Repeat("  1", 20_000)) + "!";
        Assert.False(VersionConstraint.TryParse(text, out _));
    }
}
