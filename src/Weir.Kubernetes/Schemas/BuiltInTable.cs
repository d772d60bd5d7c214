using System.Text;
using Weir.Values;

namespace Weir.Kubernetes;

/// <summary>
/// Reads <c>built-in-kinds.bin</c>, which <c>tools/KindTable</c> writes. Numbers have seven bits a byte, low bits first.
/// <code>
/// file     "WKT1" strings types bodies groups resources
/// strings  count (length utf8)*          types   count (name bodyLength)*
/// body     kinds(count (group version kind)*) node
/// node     type(0 any … 6 boolean) flags parts-by-flag | 7 type-number
/// property name flags go(shape+1 | order * 8) [go type] [merge key] [default] node
/// protobuf count (number property+1 | number 0 protobuf)*
/// </code>
/// Only the index is read at first; a type's body when somebody asks for it.
/// </summary>
internal sealed class BuiltInTable
{
    private readonly byte[] _bytes;
    private readonly string?[] _strings;
    private readonly int[] _stringOffsets;
    private readonly string[] _typeNames;
    private readonly int[] _bodies;
    private readonly Schema?[] _types;
    private readonly Dictionary<string, int> _byName;
    private readonly Lazy<Dictionary<GroupVersionKind, int>> _byKind;

    private BuiltInTable(byte[] bytes)
    {
        _bytes = bytes;
        var reader = new TableReader(bytes, 4);
        _strings = new string?[reader.Number()];
        _stringOffsets = new int[_strings.Length];
        for (var i = 0; i < _strings.Length; i++)
        {
            _stringOffsets[i] = reader.Position;
            reader.Skip(reader.Number());
        }

        _typeNames = new string[reader.Number()];
        _bodies = new int[_typeNames.Length];
        _types = new Schema?[_typeNames.Length];
        _byName = new(_typeNames.Length, StringComparer.Ordinal);
        var offset = 0;
        for (var i = 0; i < _typeNames.Length; i++)
        {
            _typeNames[i] = Text(reader.Number());
            _byName.Add(_typeNames[i], i);
            _bodies[i] = offset;
            offset += reader.Number();
        }

        for (var i = 0; i < _bodies.Length; i++)
        {
            _bodies[i] += reader.Position;
        }

        reader.Skip(offset);
        (Groups, Resources) = ReadResources(ref reader);
        _byKind = new(IndexKinds);
    }

    public static BuiltInTable Instance { get; } = Load();

    public IReadOnlyList<ResourceGroup> Groups { get; }

    public IReadOnlyList<ResourceType> Resources { get; }

    public IReadOnlyList<string> TypeNames => _typeNames;

    public Schema? Find(GroupVersionKind kind) => _byKind.Value.TryGetValue(kind, out var type) ? Type(type) : null;

    public Schema? Find(string typeName) => _byName.TryGetValue(typeName, out var type) ? Type(type) : null;

    /// <summary>A type by number. Two threads may both read it; the first to store it wins, so that a type is one object.</summary>
    public Schema Type(int number) =>
        Volatile.Read(ref _types[number])
        ?? Interlocked.CompareExchange(ref _types[number], ReadType(number), null)
        ?? _types[number]!;

    private static BuiltInTable Load()
    {
        using var stream = typeof(BuiltInTable).Assembly.GetManifestResourceStream("built-in-kinds.bin")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return new(bytes);
    }

    private string Text(int number)
    {
        if (_strings[number] is { } known)
        {
            return known;
        }

        var reader = new TableReader(_bytes, _stringOffsets[number]);
        var length = reader.Number();
        return _strings[number] = Encoding.UTF8.GetString(_bytes, reader.Position, length);
    }

    private Dictionary<GroupVersionKind, int> IndexKinds()
    {
        var index = new Dictionary<GroupVersionKind, int>();
        for (var i = 0; i < _bodies.Length; i++)
        {
            var reader = new TableReader(_bytes, _bodies[i]);
            foreach (var kind in ReadKinds(ref reader))
            {
                index[kind] = i;
            }
        }

        return index;
    }

    private GroupVersionKind[] ReadKinds(ref TableReader reader)
    {
        var kinds = new GroupVersionKind[reader.Number()];
        for (var i = 0; i < kinds.Length; i++)
        {
            kinds[i] = new(Text(reader.Number()), Text(reader.Number()), Text(reader.Number()));
        }

        return kinds;
    }

    private Schema ReadType(int number)
    {
        var reader = new TableReader(_bytes, _bodies[number]);
        var kinds = ReadKinds(ref reader);
        return ReadNode(ref reader, _typeNames[number], kinds).Schema;
    }

    private SchemaLink ReadNode(ref TableReader reader, string? name = null, GroupVersionKind[]? kinds = null)
    {
        var type = reader.Number();
        if (type == 7)
        {
            return new(this, reader.Number());
        }

        var flags = (NodeParts)reader.Number();
        var format = flags.HasFlag(NodeParts.Format) ? Text(reader.Number()) : "";
        var properties = flags.HasFlag(NodeParts.Properties) ? ReadProperties(ref reader) : [];
        var items = flags.HasFlag(NodeParts.Items) ? ReadNode(ref reader) : default;
        var additional = flags.HasFlag(NodeParts.Additional) ? ReadNode(ref reader) : default;
        var values = flags.HasFlag(NodeParts.Enum) ? ReadStrings(ref reader) : [];
        var keys = flags.HasFlag(NodeParts.ListMap) ? ReadStrings(ref reader) : [];
        return new(new Schema
        {
            Name = name,
            GroupVersionKinds = kinds ?? [],
            Type = (SchemaType)type,
            Format = format,
            IsIntOrString = flags.HasFlag(NodeParts.IntOrString),
            PreservesUnknownFields = flags.HasFlag(NodeParts.PreservesUnknown),
            Properties = properties,
            ItemsLink = items,
            AdditionalLink = additional,
            Enum = Array.ConvertAll(values, v => (Value)v),
            ListType = flags.HasFlag(NodeParts.ListAtomic) ? ListType.Atomic
                : flags.HasFlag(NodeParts.ListSet) ? ListType.Set
                : flags.HasFlag(NodeParts.ListMap) ? ListType.Map : ListType.None,
            ListMapKeys = keys,
            MapType = flags.HasFlag(NodeParts.MapAtomic) ? MapType.Atomic : flags.HasFlag(NodeParts.MapGranular) ? MapType.Granular : MapType.None,
            ProtobufFields = flags.HasFlag(NodeParts.Protobuf) ? ReadProtobuf(ref reader, properties) : [],
        });
    }

    private SchemaProperty[] ReadProperties(ref TableReader reader)
    {
        var properties = new SchemaProperty[reader.Number()];
        for (var i = 0; i < properties.Length; i++)
        {
            var name = Text(reader.Number());
            var flags = reader.Number();
            var go = reader.Number();
            var goType = go != 0 ? Text(reader.Number()) : "";
            var mergeKey = (flags & 16) != 0 ? Text(reader.Number()) : null;
            var defaultValue = (flags & 32) != 0 ? ReadDefault(ref reader) : null;
            properties[i] = new(name, ReadNode(ref reader))
            {
                IsRequired = (flags & 1) != 0,
                PatchStrategy = (PatchStrategy)((flags >> 1) & 7),
                PatchMergeKey = mergeKey,
                Default = defaultValue,
                Shape = go == 0 ? FieldShape.OmitsEmpty : (FieldShape)((go & 7) - 1),
                Order = go >> 3,
                GoType = goType,
            };
        }

        return properties;
    }

    private Value ReadDefault(ref TableReader reader) => reader.Number() switch
    {
        1 => new IntValue(reader.Number()),
        2 => BoolValue.Of(reader.Number() == 1),
        _ => new StringValue(Text(reader.Number())),
    };

    private static ProtobufField[] ReadProtobuf(ref TableReader reader, SchemaProperty[] properties)
    {
        var fields = new ProtobufField[reader.Number()];
        for (var i = 0; i < fields.Length; i++)
        {
            var number = reader.Number();
            var property = reader.Number();
            fields[i] = property == 0
                ? new(number, null, ReadProtobuf(ref reader, properties))
                : new(number, properties[property - 1], []);
        }

        return fields;
    }

    private string[] ReadStrings(ref TableReader reader)
    {
        var texts = new string[reader.Number()];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = Text(reader.Number());
        }

        return texts;
    }

    private (ResourceGroup[] Groups, ResourceType[] Resources) ReadResources(ref TableReader reader)
    {
        var groups = new ResourceGroup[reader.Number()];
        for (var i = 0; i < groups.Length; i++)
        {
            groups[i] = new(Text(reader.Number()), ReadStrings(ref reader));
        }

        var resources = new List<ResourceType>(reader.Number());
        for (var i = resources.Capacity; i > 0; i--)
        {
            var resource = new ResourceType
            {
                Group = Text(reader.Number()),
                Version = Text(reader.Number()),
                Kind = Text(reader.Number()),
                Plural = Text(reader.Number()),
                Singular = Text(reader.Number()),
                ShortNames = ReadStrings(ref reader),
                Categories = ReadStrings(ref reader),
            };
            var flags = reader.Number();
            var verbs = (ResourceVerbs)reader.Number();
            reader.Number();
            var subresources = new SubresourceType[reader.Number()];
            for (var s = 0; s < subresources.Length; s++)
            {
                subresources[s] = new(
                    Text(reader.Number()),
                    new(Text(reader.Number()), Text(reader.Number()), Text(reader.Number())),
                    (ResourceVerbs)reader.Number());
            }

            if ((flags & 2) != 0)
            {
                resources.Add(resource with { IsNamespaced = (flags & 1) != 0, Verbs = verbs, Subresources = subresources });
            }
        }

        return (groups, [.. resources]);
    }

    [Flags]
    private enum NodeParts
    {
        Format = 1,
        IntOrString = 2,
        PreservesUnknown = 4,
        Properties = 8,
        Items = 16,
        Additional = 32,
        Enum = 64,
        ListAtomic = 128,
        ListSet = 256,
        ListMap = 512,
        MapAtomic = 1024,
        MapGranular = 2048,
        Protobuf = 4096,
    }
}
