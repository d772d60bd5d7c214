using Weir.Values;

namespace Weir.Kustomize;

/// <summary>
/// A mistake in what a person wrote that ends one step. It never leaves this room: the step that can go on
/// without it, or the build itself, turns it into a diagnostic.
/// </summary>
internal sealed class BuildFailure(string message, SourceSpan span = default, string? hint = null, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>A stable identifier in lower-case words with dashes.</summary>
    public string Code { get; init; } = "kustomize-build";

    /// <summary>Where the mistake stands; unknown when it has no place.</summary>
    public SourceSpan Span { get; } = span;

    public string? Hint { get; } = hint;

    /// <summary>True when the text could not be read as YAML at all.</summary>
    public bool IsMalformedYaml { get; init; }

    /// <summary>Mistakes of the same step beside this one.</summary>
    public IReadOnlyList<Diagnostic> Others { get; init; } = [];

    public Diagnostic ToDiagnostic() => Diagnostic.Error(Code, Message, Span, Hint);

    /// <summary>The same mistake with what the caller knows in front, as Go wraps errors.</summary>
    public BuildFailure Wrap(string prefix) => WithMessage($"{prefix}: {Message}");

    /// <summary>The same mistake in other words.</summary>
    public BuildFailure WithMessage(string message) => new(message, Span, Hint, this)
    {
        Code = Code,
        IsMalformedYaml = IsMalformedYaml,
        Others = Others,
    };

    /// <summary>The same mistake with a place, unless it has one in a file: text inside a kustomization counts its own lines.</summary>
    public BuildFailure At(SourceSpan span) => Span is { IsKnown: true, File: not null } || !span.IsKnown
        ? this
        : new BuildFailure(Message, span, Hint, this) { Code = Code, IsMalformedYaml = IsMalformedYaml, Others = Others };
}
