using Weir.Rendering;

namespace Weir.Cli.Fleets;

/// <summary>The age keys that the user gives, as the program sops takes them from the environment.</summary>
internal static class AgeKeys
{
    private const string Text = "SOPS_AGE_KEY";
    private const string TextFile = "SOPS_AGE_KEY_FILE";

    /// <summary>What decrypts; <see langword="null"/> when there is no key. Throws <see cref="CommandFailure"/> for what is no key, without its text.</summary>
    public static SopsDecryption? Read(IEnumerable<string> files)
    {
        var identities = new List<AgeIdentity>();
        if (Environment.GetEnvironmentVariable(Text) is { Length: > 0 } text)
        {
            Add(identities, text, Text);
        }

        var named = Environment.GetEnvironmentVariable(TextFile) is { Length: > 0 } file ? [file] : Array.Empty<string>();
        foreach (var path in files.Concat(named))
        {
            try
            {
                Add(identities, File.ReadAllText(path), path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new CommandFailure($"the age keys in {path} cannot be read: {e.Message}");
            }
        }

        return identities.Count == 0 ? null : new SopsDecryption(identities);
    }

    private static void Add(List<AgeIdentity> identities, string text, string place)
    {
        var (read, problem) = AgeIdentity.ReadAll(text);
        if (problem is not null)
        {
            throw new CommandFailure($"{place}: {problem}");
        }

        identities.AddRange(read);
    }
}
