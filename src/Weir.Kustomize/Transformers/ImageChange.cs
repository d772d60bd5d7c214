using Weir.Kustomize.Kustomizations;
using Weir.Kustomize.Selecting;
using Weir.Values;

namespace Weir.Kustomize.Transformers;

/// <summary>One entry of <c>images</c>: which images it means and what becomes of them.</summary>
internal sealed class ImageChange
{
    private readonly MapValue _fields;
    private readonly string _name;
    private readonly Pattern? _pattern;

    public ImageChange(MapValue fields)
    {
        _fields = fields;
        _name = fields.Text("name");
        _pattern = IsSimple(_name) ? null : Compile(fields);
    }

    public string Name => _name;

    public SourceSpan Span => _fields.Span;

    /// <summary>True once an image was changed, or found as it is to be.</summary>
    public bool IsUsed { get; private set; }

    /// <summary>The image as it is to be, or nothing when the entry means another.</summary>
    public string? Apply(string image)
    {
        if (!Matches(image))
        {
            return null;
        }

        IsUsed = true;
        var (name, tag, digest) = ImageName.Split(image);
        var (newName, newTag, newDigest, suffix) =
            (_fields.Text("newName"), _fields.Text("newTag"), _fields.Text("digest"), _fields.Text("tagSuffix"));
        name = newName.Length > 0 ? newName : name;
        if (newTag.Length > 0 || newDigest.Length > 0)
        {
            (tag, digest) = (newTag, newDigest);
        }
        else if (suffix.Length > 0)
        {
            (tag, digest) = (tag + suffix, "");
        }

        return new ImageName(name, tag, digest).ToString();
    }

    private bool Matches(string image)
    {
        if (_pattern is not null)
        {
            return _pattern.IsMatch(image);
        }

        if (image.Length < _name.Length)
        {
            return false;
        }

        for (var i = 0; i < _name.Length; i++)
        {
            if (_name[i] != image[i] && (_name[i] != '.' || image[i] == '\n'))
            {
                return false;
            }
        }

        var rest = image.AsSpan(_name.Length);
        if (rest.StartsWith(":"))
        {
            rest = SkipTag(rest[1..]);
        }

        if (rest.StartsWith("@sha256:"))
        {
            rest = SkipTag(rest[8..]);
        }

        return rest.IsEmpty;
    }

    private static ReadOnlySpan<char> SkipTag(ReadOnlySpan<char> text)
    {
        var i = 0;
        while (i < text.Length && (char.IsAsciiLetterOrDigit(text[i]) || text[i] is '_' or '.' or '{' or '}' or '-'))
        {
            i++;
        }

        return text[i..];
    }

    /// <summary>A name whose only special character of regular expressions is the dot, which means any character.</summary>
    private static bool IsSimple(string name)
    {
        foreach (var c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or '_' or '/' or ':'))
            {
                return false;
            }
        }

        return true;
    }

    private static Pattern Compile(MapValue fields)
    {
        try
        {
            return Pattern.Compile($"^{fields.Text("name")}(:[a-zA-Z0-9_.{{}}-]*)?(@sha256:[a-zA-Z0-9_.{{}}-]*)?$");
        }
        catch (BuildFailure failure)
        {
            throw failure.At(fields.Span);
        }
    }
}
