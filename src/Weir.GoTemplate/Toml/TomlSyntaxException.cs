namespace Weir.GoTemplate.Toml;

/// <summary>Carries a mistake in a TOML text from inside the reader to its entry, which makes it an answer.</summary>
internal sealed class TomlSyntaxException(string message) : Exception(message);
