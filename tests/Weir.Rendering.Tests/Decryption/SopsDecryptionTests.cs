using System.Text;
using Weir.Testing;
using Weir.Values;

namespace Weir.Rendering.Tests.Decryption;

/// <summary>Documents that SOPS encrypted for an age key; the key in <c>testdata</c> is of these tests alone.</summary>
public sealed class SopsDecryptionTests
{
    private const string Spec = "path: ./\ndecryption: {provider: sops, secretRef: {name: keys}}";

    private static readonly string[] Files = ["kustomization.yaml", "secret.yaml", "app.env", "note.txt", "values.yaml"];

    [Fact]
    public void Secrets_and_the_files_of_generators_are_applied_in_plain()
    {
        var rendering = Render(Keys(), static text => text);
        Assert.Empty(rendering.Diagnostics);
        var login = Secret(rendering, "login");
        Assert.Equal("admin", Plain(login, "user"));
        Assert.Equal("5432", Plain(login, "port"));
        Assert.False(login.ContainsKey("sops"));

        var generated = Secret(rendering, "generated");
        Assert.Equal("t0ken", Plain(generated, "TOKEN"));
        Assert.Equal("plain note\n", Plain(generated, "note.txt"));
        Assert.Equal("flags:\n- true\n- 1.5\npassword: s3cret\n", Plain(generated, "values.yaml"));
    }

    [Fact]
    public void Without_the_key_the_recipients_are_named_and_nothing_is_shown()
    {
        var rendering = Render(new SopsDecryption([]), static text => text);
        Assert.True(rendering.HasErrors);
        Assert.Contains(rendering.Diagnostics, static d => d.Message.Contains("no identity matched any of the recipients [age1", StringComparison.Ordinal));
        Assert.DoesNotContain(rendering.Diagnostics, static d => d.Message.Contains("ENC[", StringComparison.Ordinal));
    }

    [Fact]
    public void A_value_that_was_moved_is_refused_by_its_place()
    {
        var rendering = Render(Keys(), static text => text.Replace("  user: ENC", "  owner: ENC", StringComparison.Ordinal));
        Assert.Contains(rendering.Diagnostics, static d => d.Message.Contains("error decrypting value at 'stringData.owner'", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_that_was_changed_is_refused()
    {
        var rendering = Render(Keys(), static text => text.Replace("flags:\n", "added: 1\nflags:\n", StringComparison.Ordinal));
        Assert.Contains(rendering.Diagnostics, static d => d.Message.Contains("MAC mismatch", StringComparison.Ordinal) && d.Span.File == "values.yaml");
    }

    [Fact]
    public void Keys_of_other_services_are_refused_by_name()
    {
        var rendering = Render(Keys(), static text => text.Replace("\n  age:\n", "\n  kms:\n", StringComparison.Ordinal));
        Assert.Contains(rendering.Diagnostics, static d => d.Message.Contains("it is encrypted for kms, which is not supported: only age is", StringComparison.Ordinal));
    }

    [Fact]
    public void An_object_can_ask_to_stay_encrypted()
    {
        var rendering = Render(
            Keys(),
            static text => text.Replace("  name: login\n", "  name: login\n  annotations: {kustomize.toolkit.fluxcd.io/decrypt: Disabled}\n", StringComparison.Ordinal));
        Assert.Empty(rendering.Diagnostics);
        Assert.True(Secret(rendering, "login").ContainsKey("sops"));
    }

    [Theory]
    [InlineData("AGE-SECRET-KEY-1QQQQ", "line 1 is no age secret key")]
    [InlineData("# a comment\nAGE-SECRET-KEY-PQ-1ABC", "line 2 is a post-quantum or plugin key, which is not supported: only X25519 keys are")]
    public void A_line_that_is_no_key_is_named_without_its_text(string text, string problem) =>
        Assert.Equal(problem, AgeIdentity.ReadAll(text).Problem);

    /// <summary>RFC 7748, section 5.2.</summary>
    [Theory]
    [InlineData(
        "a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4",
        "e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c",
        "c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552")]
    [InlineData(
        "4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d",
        "e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493",
        "95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957")]
    public void X25519_is_that_of_its_specification(string scalar, string point, string product) =>
        Assert.Equal(product, Convert.ToHexStringLower(X25519.Multiply(Convert.FromHexString(scalar), Convert.FromHexString(point))));

    private static SopsDecryption Keys() => new(AgeIdentity.ReadAll(File.ReadAllText(TestData.Path("sops", "age.agekey"))).Identities);

    private static KustomizationRendering Render(SopsDecryption decryption, Func<string, string> change) => Rendered.Kustomization(
        Spec,
        new KustomizationInputs { DecryptFile = decryption.File, DecryptObject = decryption.Object },
        [.. Files.Select(f => (f, change(File.ReadAllText(TestData.Path("sops", f)))))]);

    private static MapValue Secret(KustomizationRendering rendering, string name) =>
        Assert.Single(rendering.Objects, o => o.At("metadata", "name")?.ToString() == name);

    private static string Plain(MapValue secret, string key) => Encoding.UTF8.GetString(Convert.FromBase64String(secret.Text("data", key)!));
}
