namespace Weir.Values;

/// <summary>Carries a mistake in a pattern from inside the parser to <see cref="GoRegex"/>, which makes it an answer.</summary>
internal sealed class RegexSyntaxException(string problem, string part)
    : Exception($"error parsing regexp: {problem}: `{part}`");
