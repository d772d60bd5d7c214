using Weir.Values;

namespace Weir.Kustomize.Nodes;

/// <summary>
/// A scalar that is still text, as kyaml's nodes are: <c>1.10</c> can be copied into a string and stays <c>1.10</c>,
/// and a name that grows a prefix may turn into a number. It becomes a plain value when the build ends.
/// Unlike other scalars it can change, because kustomize lets the label maps of one object share a node.
/// </summary>
internal sealed class WrittenScalar(string text, ScalarTag tag, bool quoted = false) : OpaqueValue
{
    public string Text { get; set; } = text;

    public ScalarTag Tag { get; set; } = tag;

    public bool Quoted { get; } = quoted;

    /// <summary>Written in folded style, in which kyaml changes some texts: see <see cref="FoldedText"/>.</summary>
    public bool IsFolded { get; init; }

    public override string GoType => "yaml.Node";

    public override Value ToPlain() => ToPlain(out _) ?? new StringValue(Text);

    /// <summary>The plain value, or <see langword="null"/> with go-yaml's message when there is none.</summary>
    public Value? ToPlain(out string? error) =>
        ScalarText.ToPlain(IsFolded ? FoldedText.RoundTrip(Text) : Text, Tag, Quoted, out error);

    public override Value DeepClone() => new WrittenScalar(Text, Tag, Quoted) { Span = Span, IsFolded = IsFolded };

    public override bool Equals(Value? other) =>
        other is WrittenScalar w && w.Tag == Tag && string.Equals(w.Text, Text, StringComparison.Ordinal);

    public override int GetHashCode() => 7;

    public override string ToString() => Text;
}
