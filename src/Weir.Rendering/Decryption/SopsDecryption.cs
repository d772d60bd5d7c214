using Weir.Kubernetes;
using Weir.Values;

namespace Weir.Rendering;

/// <summary>Decrypts what a Kustomization's files and objects hold, with the age keys of its <c>spec.decryption</c>.</summary>
/// <param name="identities">The keys; none means that nothing encrypted can be opened.</param>
public sealed class SopsDecryption(IReadOnlyList<AgeIdentity> identities)
{
    private const string Annotation = "kustomize.toolkit.fluxcd.io/decrypt";

    /// <summary>True when an object is to be applied encrypted.</summary>
    public static bool IsDisabled(MapValue value) => string.Equals(value.Annotation(Annotation), "disabled", StringComparison.OrdinalIgnoreCase);

    /// <summary>The plain bytes of a file that a generator or a patch reads; the bytes themselves when they are not encrypted.</summary>
    public Parsed<DecryptedFile> File(string path, ReadOnlyMemory<byte> content)
    {
        var plain = SopsFile.Decrypt(path, content, identities, out var problem);
        return problem is null
            ? new(new DecryptedFile(plain ?? content), [])
            : new Parsed<DecryptedFile>(null, [Diagnostic.Error("sops", problem)]);
    }

    /// <summary>An object with its encrypted values in plain; the object itself when there are none.</summary>
    public Parsed<MapValue> Object(MapValue value)
    {
        if (IsDisabled(value))
        {
            return new(value, []);
        }

        if (SopsDocument.IsEncrypted(value))
        {
            // The build may have added labels and names: each value is authenticated, the whole is not.
            var plain = (MapValue)value.DeepClone();
            return SopsDocument.Decrypt(plain, identities, checksWhole: false) is { } problem
                ? new(null, [Diagnostic.Error("sops", problem, value.Span)])
                : new(plain, []);
        }

        return value.GroupVersionKind() is { Group: "", Kind: "Secret" } && value.GetMap("data") is { } data ? Data(value, data) : new(value, []);
    }

    // Generators put whole files into Secrets.
    private Parsed<MapValue> Data(MapValue value, MapValue data)
    {
        MapValue? plain = null;
        foreach (var (key, item) in data)
        {
            if (item is not StringValue text || !TryDecode(text.Value, out var bytes))
            {
                continue;
            }

            var decrypted = SopsFile.Decrypt(key, bytes, identities, out var problem);
            if (problem is not null)
            {
                return new(null, [Diagnostic.Error("sops", $"failed to decrypt and format data '{key}': {problem}", value.Span)]);
            }

            if (decrypted is not null)
            {
                plain ??= (MapValue)value.DeepClone();
                plain.GetMap("data")![key] = Convert.ToBase64String(decrypted);
            }
        }

        return new(plain ?? value, []);
    }

    private static bool TryDecode(string text, out byte[] bytes)
    {
        try
        {
            bytes = Convert.FromBase64String(text);
            return bytes.Length > 0;
        }
        catch (FormatException)
        {
            bytes = [];
            return false;
        }
    }
}
