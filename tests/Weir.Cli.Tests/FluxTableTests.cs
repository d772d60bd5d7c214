using Weir.Cli.Getting;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Cli.Tests;

/// <summary>What <c>weir get</c> prints of an object.</summary>
public sealed class FluxTableTests
{
    private const string Kustomization = """
        kind: Kustomization
        metadata: {name: apps, namespace: flux-system, generation: 2}
        spec: {suspend: true}
        status:
          lastAppliedRevision: main@sha1:0123456789abcdef0123456789abcdef01234567
          conditions:
          - {type: Ready, status: "True", observedGeneration: 2, reason: ReconciliationSucceeded, message: "Applied revision: main@sha1:0123456789abcdef0123456789abcdef01234567"}
        """;

    [Fact]
    public void A_row_shortens_ids_as_flux_does()
    {
        var row = FluxRow.Of(Map(Kustomization));
        Assert.Equal("main@sha1:01234567", row.Revision);
        Assert.Equal("Applied revision: main@sha1:01234567", row.Message);
        Assert.True(row.IsCurrent);
    }

    [Fact]
    public void A_table_pads_its_cells_and_ends_them_with_tabs()
    {
        var output = new StringWriter { NewLine = "\n" };
        FluxTable.Print(output, [FluxRow.Of(Map(Kustomization))], new FluxColumns { Namespace = true, Kind = true });
        Assert.Equal(
            "NAMESPACE  \tNAME              \tREVISION          \tSUSPENDED\tREADY\tMESSAGE                              \n"
            + "flux-system\tkustomization/apps\tmain@sha1:01234567\tTrue     \tTrue \tApplied revision: main@sha1:01234567\t\n",
            output.ToString());
    }

    [Fact]
    public void An_object_that_nobody_looked_at_waits_to_be_reconciled()
    {
        var row = FluxRow.Of(Map("{kind: HelmRelease, metadata: {name: a, namespace: b, generation: 1}, spec: {}}"));
        Assert.Equal(("False", "waiting to be reconciled", false), (row.Ready, row.Message, row.IsCurrent));
    }

    private static MapValue Map(string text) => (MapValue)YamlReader.Read(text).Result!;
}
