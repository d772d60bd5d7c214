using Weir.Values;
using Weir.Yaml;

namespace Weir.Controllers.Tests.Drift;

public sealed class OwnedFieldsTests
{
    private const string Mine = "{manager: me, operation: Apply, time: '2026-01-01T00:00:05Z', fieldsV1: {f:data: {f:a: {}, f:b: {}}}}";

    [Theory]
    [InlineData("{manager: me, operation: Apply, time: '2026-01-01T00:00:05Z', fieldsV1: {f:data: {f:a: {}}}}", true)]
    [InlineData("{manager: other, operation: Update, time: '2026-01-01T00:00:06Z', fieldsV1: {f:data: {f:a: {}, f:b: {}}}}", true)]
    [InlineData("{manager: me, operation: Apply, time: '2026-01-01T00:00:06Z', fieldsV1: {f:data: {f:a: {}}}}", false)]
    [InlineData(Mine + ", {manager: other, operation: Update, time: '2026-01-01T00:00:06Z', fieldsV1: {f:data: {f:c: {}}}}", false)]
    [InlineData(Mine + ", {manager: me, operation: Update, subresource: status, time: '2026-01-01T00:00:04Z', fieldsV1: {f:status: {}}}", false)]
    public void Only_who_takes_fields_makes_drift(string after, bool isLost) => Assert.Equal(isLost, Read(after).HasLostSince(Read(Mine)));

    [Fact]
    public void What_was_given_back_by_an_update_can_be_lost_again()
    {
        var corrected = Read("{manager: me, operation: Apply, time: '2026-01-01T00:00:05Z', fieldsV1: {f:data: {f:a: {}}}}, "
            + "{manager: me, operation: Update, time: '2026-01-01T00:00:09Z', fieldsV1: {f:data: {f:b: {}}}}");
        var again = Read("{manager: me, operation: Apply, time: '2026-01-01T00:00:05Z', fieldsV1: {f:data: {f:a: {}}}}");

        Assert.True(again.HasLostSince(corrected));
    }

    [Fact]
    public void Nothing_else_is_kept()
    {
        var value = (MapValue)YamlReader.Read(
            $"{{apiVersion: v1, kind: Secret, metadata: {{name: s, namespace: n, resourceVersion: '7', labels: {{l/name: o, l/namespace: p, x: y}}, annotations: {{a: b}}, managedFields: [{Mine}]}}}}").Result!;

        OwnedFields.Trim(value, "me", "l");

        Assert.Equal(["name", "namespace", "resourceVersion", "labels"], value.GetMap("metadata")!.Keys);
        Assert.Equal(["l/name", "l/namespace"], value.GetMap("metadata")!.GetMap("labels")!.Keys);
    }

    private static OwnedFields Read(string entries)
    {
        var value = (MapValue)YamlReader.Read($"{{metadata: {{managedFields: [{entries}]}}}}").Result!;
        OwnedFields.Trim(value, "me", "l");
        return OwnedFields.Of(value);
    }
}
