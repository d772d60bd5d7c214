namespace Weir.Kubernetes;

/// <summary>A schema, or the number of one in the table of built-in kinds that is read when somebody asks.</summary>
internal readonly struct SchemaLink
{
    private readonly Schema? _schema;
    private readonly BuiltInTable? _table;
    private readonly int _type;

    public SchemaLink(Schema schema) => _schema = schema;

    public SchemaLink(BuiltInTable table, int type)
    {
        _table = table;
        _type = type;
    }

    public bool IsAbsent => _schema is null && _table is null;

    public Schema Schema => _schema ?? _table!.Type(_type);
}
