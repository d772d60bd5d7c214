using System.Text;
using Weir.Values;

namespace Weir.Rendering.Tests.Kustomizations;

public sealed class KustomizationRendererTests
{
    [Fact]
    public void Every_object_carries_the_name_of_its_kustomization()
    {
        var labels = Rendered.Kustomization("path: ./", ("a.yaml", Rendered.ConfigMap)).Single().At("metadata", "labels");
        Assert.Equal("frontend", labels?.At("kustomize.toolkit.fluxcd.io/name")?.ToString());
        Assert.Equal("apps", labels?.At("kustomize.toolkit.fluxcd.io/namespace")?.ToString());
    }

    [Fact]
    public void Common_metadata_takes_the_place_of_what_is_there()
    {
        var value = Rendered.Kustomization(
            "path: ./\ncommonMetadata:\n  labels: {team: a, kustomize.toolkit.fluxcd.io/name: other}\n  annotations: {note: b}",
            ("a.yaml", Rendered.ConfigMap.Replace("name: settings", "name: settings\n  labels: {team: old, tier: web}"))).Single();
        Assert.Equal("a", value.Text("metadata", "labels", "team"));
        Assert.Equal("web", value.Text("metadata", "labels", "tier"));
        Assert.Equal("b", value.Text("metadata", "annotations", "note"));
        Assert.Equal("other", value.Text("metadata", "labels", "kustomize.toolkit.fluxcd.io/name"));
    }

    [Fact]
    public void Labels_do_not_reach_the_text_that_is_digested()
    {
        var rendering = Rendered.Kustomization("path: ./\ncommonMetadata: {labels: {team: a}}", ("a.yaml", Rendered.ConfigMap));
        Assert.Equal("apiVersion: v1\ndata:\n  key: value\nkind: ConfigMap\nmetadata:\n  name: settings\n", rendering.Text);
        Assert.StartsWith("sha256:", rendering.Digest, StringComparison.Ordinal);
        Assert.Equal(Rendered.Kustomization("path: ./", ("a.yaml", Rendered.ConfigMap)).Digest, rendering.Digest);
    }

    [Fact]
    public void Lists_are_taken_apart()
    {
        var list = "apiVersion: v1\nkind: List\nitems:\n- {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n- {apiVersion: v1, kind: Secret, metadata: {name: b}}";
        Assert.Equal("ConfigMap/a Secret/b", Rendered.Kustomization("path: ./", ("list.yaml", list)).Names());
    }

    [Fact]
    public void Encrypted_objects_are_decrypted_when_it_is_asked_for()
    {
        var inputs = new KustomizationInputs
        {
            DecryptObject = static value =>
            {
                var plain = value.DeepClone();
                plain.Remove("sops");
                plain["data"] = new MapValue { ["key"] = "plain" };
                return new(plain);
            },
        };
        const string encrypted = Rendered.ConfigMap + "\nsops: {mac: x}";
        var value = Rendered.Kustomization("path: ./\ndecryption: {provider: sops}", inputs, ("a.yaml", encrypted)).Single();
        Assert.Equal("plain", value.Text("data", "key"));
        Assert.Null(value["sops"]);
        Assert.Equal("value", Rendered.Kustomization("path: ./", inputs, ("a.yaml", encrypted)).Single().Text("data", "key"));
    }

    [Fact]
    public void Files_of_secret_generators_and_patches_are_decrypted_in_bases_and_components_too()
    {
        var inputs = new KustomizationInputs
        {
            DecryptFile = static (_, content) => new(new DecryptedFile(Encoding.UTF8.GetBytes(
                Encoding.UTF8.GetString(content.Span).Replace("ENCRYPTED", "plain", StringComparison.Ordinal)))),
        };
        var rendering = Rendered.Kustomization(
            "path: ./app\ndecryption: {provider: sops}",
            inputs,
            ("app/kustomization.yaml", "resources: [../base]\ncomponents: [../component]\nsecretGenerator: [{name: a, files: [k=secret.txt], options: {disableNameSuffixHash: true}}]"),
            ("app/secret.txt", "ENCRYPTED"),
            ("base/kustomization.yaml", "resources: [cm.yaml]\npatches: [{path: patch.yaml}]"),
            ("base/cm.yaml", Rendered.ConfigMap),
            ("base/patch.yaml", Rendered.ConfigMap.Replace("value", "ENCRYPTED")),
            ("component/kustomization.yaml", "kind: Component\nsecretGenerator: [{name: b, envs: [env], options: {disableNameSuffixHash: true}}]\nconfigMapGenerator: [{name: c, files: [other.txt], options: {disableNameSuffixHash: true}}]"),
            ("component/env", "k=ENCRYPTED"),
            ("component/other.txt", "ENCRYPTED"));
        Assert.Equal("ConfigMap/settings Secret/a ConfigMap/c Secret/b", rendering.Names());
        Assert.Equal("plain", rendering.Objects[0].Text("data", "key"));
        Assert.Equal("cGxhaW4=", rendering.Objects[1].Text("data", "k"));
        Assert.Equal("cGxhaW4=", rendering.Objects[3].Text("data", "k"));
        Assert.Equal("ENCRYPTED", rendering.Objects[2].Text("data", "other.txt"));
    }

    [Fact]
    public void A_file_that_cannot_be_decrypted_names_its_place()
    {
        var inputs = new KustomizationInputs { DecryptFile = static (_, _) => new(null, [Diagnostic.Error("sops", "no key")]) };
        var rendering = Rendered.Kustomization(
            "path: ./app\ndecryption: {provider: sops}",
            inputs,
            ("app/kustomization.yaml", "secretGenerator: [{name: a, files: [secret.txt]}]"),
            ("app/secret.txt", "ENCRYPTED"));
        Assert.Equal("error decrypting sources: no key", rendering.Mistake());
        Assert.Equal("app/secret.txt", rendering.Diagnostics[0].Span.File);
    }

    [Fact]
    public void What_cannot_be_decrypted_is_named()
    {
        var inputs = new KustomizationInputs { DecryptObject = static _ => new(null, [Diagnostic.Error("sops", "no key")]) };
        Assert.Equal(
            "decryption failed for 'ConfigMap.v1.[noGrp]/settings': no key",
            Rendered.Kustomization("path: ./\ndecryption: {provider: sops}", inputs, ("a.yaml", Rendered.ConfigMap)).Mistake());
    }

    [Fact]
    public void Mistakes_of_all_objects_are_told_at_once()
    {
        var rendering = Rendered.Kustomization(
            "path: ./\npostBuild: {substitute: {a: b}}",
            ("a.yaml", Rendered.ConfigMap.Replace("value", "${one}")),
            ("b.yaml", Rendered.ConfigMap.Replace("value", "${two}").Replace("settings", "b")));
        Assert.Equal(2, rendering.Diagnostics.Count);
        Assert.Empty(rendering.Objects);
    }

    [Fact]
    public void Rendering_changes_none_of_its_inputs_and_runs_side_by_side()
    {
        (string, string)[] files = [("a.yaml", Rendered.Deployment), ("b.yaml", Rendered.ConfigMap)];
        var digest = Rendered.Kustomization("path: ./\ntargetNamespace: live", files).Digest;
        Parallel.For(0, 50, _ => Assert.Equal(digest, Rendered.Kustomization("path: ./\ntargetNamespace: live", files).Digest));
    }
}
