using Weir.Values;
using Weir.Yaml;

namespace Weir.Helm;

/// <summary>A schema and the documents that it refers to, while their nodes are made.</summary>
internal sealed class SchemaCompilation(RemoteSchemas? remote)
{
    private readonly Dictionary<string, SchemaCompiler> _others = new(StringComparer.Ordinal);
    private readonly Queue<(SchemaCompiler Compiler, SchemaNode Node)> _waiting = new();
    private readonly List<string> _missing = [];

    /// <summary>The node that values are checked with; of no use when there is an error.</summary>
    public SchemaNode? Root { get; set; }

    /// <summary>In the library's words why the schema cannot be used; the first thing found.</summary>
    public string? Error { get; set; }

    public List<string> Warnings { get; } = [];

    /// <summary>Addresses of documents that were referred to and that have no content.</summary>
    public IReadOnlyList<string> Missing => _missing;

    public void Add(SchemaCompiler compiler, SchemaNode node) => _waiting.Enqueue((compiler, node));

    /// <summary>Fills all nodes that can be reached; all missing documents are found in one go.</summary>
    public void Drain()
    {
        while ((Error is null || _missing.Count > 0) && _waiting.TryDequeue(out var next))
        {
            next.Compiler.Fill(next.Node);
        }
    }

    /// <summary>The node in another document, or <see langword="null"/> with the error set.</summary>
    public SchemaNode? Other(string address, string fragment)
    {
        if (!_others.TryGetValue(address, out var compiler))
        {
            if (Load(address) is not { } document)
            {
                return null;
            }

            _others[address] = compiler = SchemaCompiler.Of(document, this);
        }

        return compiler.AtFragment(fragment);
    }

    private SchemaDocument? Load(string address)
    {
        var known = remote?.Find(address);
        if (known is null || known.Error is not null)
        {
            if (RemoteSchemas.CanFetch(address) && !_missing.Contains(address))
            {
                _missing.Add(address);
            }

            Fail(address, known?.Error ?? "schemas are not fetched from the network");
            return null;
        }

        if (!JsonReader.Read(known.Content.Span).TryGet(out var root))
        {
            Fail(address, "it is no JSON");
            return null;
        }

        var document = new SchemaDocument(root, address);
        if ((document.Error ?? SchemaRules.Check(root, document.Draft, address)) is { } invalid)
        {
            Error ??= invalid;
            return null;
        }

        return document;
    }

    private void Fail(string address, string reason) => Error ??= $"failing loading {GoQuote.Quote(address)}: {reason}";
}
