using Weir.Values;
using Weir.Yaml;

namespace Weir.Fleet.Publishing;

/// <summary>The environment of a CI job, with messages that name what is missing.</summary>
/// <param name="read">Answers a variable, <see langword="null"/> when it is not set.</param>
public sealed class CiVariables(Func<string, string?> read)
{
    /// <summary>A variable; <see langword="null"/> when it is not set or empty.</summary>
    public string? Find(string name) => read(name) is { Length: > 0 } text ? text : null;

    /// <summary>The first of some variables that is set, with its name.</summary>
    public (string Name, string Value)? FindAny(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Find(name) is { } value)
            {
                return (name, value);
            }
        }

        return null;
    }

    /// <exception cref="PublishException">It is not set.</exception>
    public string Get(string name, string remedy) =>
        Find(name) ?? throw new PublishException($"the variable {name} is not set; {remedy}");

    /// <exception cref="PublishException">It is not set, or is no address of HTTP.</exception>
    public Uri GetUrl(string name, string remedy)
    {
        var text = Get(name, remedy);
        return Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0
            ? url
            : throw new PublishException($"the variable {name} is no address such as https://host/path without a user; {remedy}");
    }

    /// <summary>The JSON file that a variable names; <see langword="null"/> when the variable is not set or the file is no JSON object.</summary>
    public MapValue? FindFile(string name)
    {
        try
        {
            return Find(name) is { } path ? JsonReader.Read(File.ReadAllText(path)).Result as MapValue : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PublishException($"the file that {name} names cannot be read: {e.Message}", e);
        }
    }
}
