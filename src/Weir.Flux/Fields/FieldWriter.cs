using System.Globalization;
using Weir.Values;

namespace Weir.Flux;

/// <summary>Writes the fields of a record; what is absent is left out.</summary>
internal sealed class FieldWriter
{
    public MapValue Map { get; } = [];

    public FieldWriter Add(string name, string? value) => Put(name, value is null ? null : new StringValue(value));

    public FieldWriter Add(string name, bool? value) => Put(name, value is { } flag ? BoolValue.Of(flag) : null);

    public FieldWriter Add(string name, long? value) => Put(name, value is { } number ? new IntValue(number) : null);

    public FieldWriter Add(string name, FluxDuration? value) => Put(name, value is { } duration ? new StringValue(duration.ToString()) : null);

    public FieldWriter Add(string name, DateTimeOffset? value) => Put(name, value is { } time ? new StringValue(FluxTime.Write(time)) : null);

    public FieldWriter Add(string name, Value? value) => Put(name, value);

    public FieldWriter Add(string name, FieldList<string>? value)
    {
        if (value is null)
        {
            return this;
        }

        var list = new ListValue(value.Count);
        foreach (var item in value)
        {
            list.Add(item);
        }

        return Put(name, list);
    }

    public FieldWriter Add(string name, FieldMap<string>? value)
    {
        if (value is null)
        {
            return this;
        }

        var map = new MapValue(value.Count);
        foreach (var (key, text) in value)
        {
            map[key] = text;
        }

        return Put(name, map);
    }

    public FieldWriter Add<T>(string name, FieldList<T>? value, Func<T, MapValue> write)
    {
        if (value is null)
        {
            return this;
        }

        var list = new ListValue(value.Count);
        foreach (var item in value)
        {
            list.Add(write(item));
        }

        return Put(name, list);
    }

    public FieldWriter Add<T>(string name, FieldMap<T>? value, Func<T, MapValue> write)
    {
        if (value is null)
        {
            return this;
        }

        var map = new MapValue(value.Count);
        foreach (var (key, item) in value)
        {
            map[key] = write(item);
        }

        return Put(name, map);
    }

    private FieldWriter Put(string name, Value? value)
    {
        if (value is not null)
        {
            Map[name] = value;
        }

        return this;
    }
}
