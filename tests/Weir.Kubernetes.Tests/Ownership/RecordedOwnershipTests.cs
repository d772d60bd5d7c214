using System.Text.Json;
using Weir.Testing;
using Weir.Values;

namespace Weir.Kubernetes.Tests.Ownership;

/// <summary>
/// Follows recorded conversations with a real API server as far as they write config maps and custom resources, which have
/// no defaults: every answer's managers, data and conflicts must be the same.
/// </summary>
public sealed class RecordedOwnershipTests
{
    public static IEnumerable<TheoryDataRow<string>> Conversations()
    {
        var folder = ConformanceData.Directory is { } data ? Path.Combine(data, "kubernetes", "ssa") : null;
        return folder is not null && Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(f => new TheoryDataRow<string>(Path.GetFileNameWithoutExtension(f)))
            : [new TheoryDataRow<string>("") { Skip = ConformanceData.SkipReason }];
    }

    [Theory]
    [MemberData(nameof(Conversations))]
    public void Agrees_with_the_real_server(string conversation)
    {
        var file = Path.Combine(ConformanceData.Directory!, "kubernetes", "ssa", conversation + ".json");
        using var document = JsonDocument.Parse(File.ReadAllText(file).Replace("<time>", "2026-01-01T00:00:00Z", StringComparison.Ordinal));
        var steps = (ListValue)Json.Of(document.RootElement.GetProperty("steps"));
        var objects = new Dictionary<string, MapValue>();
        Schema? custom = null;
        for (var i = 0; i < steps.Count; i++)
        {
            var step = (MapValue)steps[i];
            var request = step.GetMap("request");
            var body = request?.GetMap("body");
            var answer = step.GetMap("response")?.GetMap("body");
            if (request is null || answer is null)
            {
                continue;
            }

            var path = request.GetString("path")!;
            if (body?.GetString("kind") == "CustomResourceDefinition")
            {
                var version = (MapValue)body.GetMap("spec")!.GetList("versions")![0];
                custom = CustomSchema.ReadObject(version.GetMap("schema")?.GetMap("openAPIV3Schema"));
                continue;
            }

            var (schema, apiVersion, kind) = path.Contains("/configmaps", StringComparison.Ordinal)
                ? (BuiltInSchemas.Find(new GroupVersionKind("", "v1", "ConfigMap"))!, "v1", "ConfigMap")
                : (custom, body?.GetString("apiVersion") ?? "", body?.GetString("kind") ?? "");
            var type = request.GetMap("headers")?.GetString("Content-Type");
            if (schema is null || body is null || path.Contains("dryRun", StringComparison.Ordinal) || path.Contains("/status?", StringComparison.Ordinal) || path.Contains("/scale?", StringComparison.Ordinal))
            {
                continue;
            }

            var context = new OwnershipContext
            {
                Schema = schema,
                ApiVersion = apiVersion,
                Kind = kind,
                Now = "2026-01-01T00:00:00Z",
                ResetFields = kind == "ConfigMap" ? FieldSet.Empty : FieldSet.Of(["status"]),
            };
            var query = path.Contains('?', StringComparison.Ordinal) ? path[(path.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&') : [];
            var manager = query.FirstOrDefault(q => q.StartsWith("fieldManager=", StringComparison.Ordinal))?["fieldManager=".Length..] ?? "conf";
            var name = body.Name();
            name = name.Length > 0 ? name : path.Split('?')[0].Split('/')[^1];
            var live = objects.GetValueOrDefault(name);
            var where = $"{conversation} step {i}: {request.GetString("method")} {path}";
            var status = step.GetMap("response")!.GetInt("status");
            switch (request.GetString("method"))
            {
                case "PATCH" when type == "application/apply-patch+yaml":
                    var result = FieldOwnership.Apply(live, body, manager, query.Contains("force=true"), context);
                    if (answer.GetString("kind") == "Status" && answer.At("details", "causes") is ListValue causes && answer.GetString("reason") == "Conflict")
                    {
                        Assert.Equal(
                            causes.Cast<MapValue>().Select(c => (c.GetString("message"), c.GetString("field"))).Order(),
                            result.Conflicts.Select(c => ((string?)$"conflict with {c.Manager}", (string?)c.Field)).Order());
                        Assert.Equal(answer.GetString("message"), result.ConflictMessage());
                        continue;
                    }

                    if (status is 500 or 400 && answer.GetString("message")!.Contains("typed patch", StringComparison.Ordinal))
                    {
                        Assert.Equal(answer.GetString("message"), result.Error?.Replace("(/", "(/", StringComparison.Ordinal));
                        continue;
                    }

                    if (status >= 300)
                    {
                        continue;
                    }

                    Assert.True(result.IsAccepted, where + " " + result.Error + string.Join(",", result.Conflicts));
                    var applied = kind == "ConfigMap" ? BuiltInObject.Normalize(result.Object!, schema) : result.Object!;
                    CustomObject.ApplyDefaults(applied, schema);
                    Check(where, answer, applied, schema);
                    break;
                case "POST" or "PUT" when status < 300:
                    var updated = kind == "ConfigMap" ? BuiltInObject.Normalize(body, schema) : body.DeepClone();
                    if (live?.GetMap("metadata")?["uid"] is { } uid)
                    {
                        updated.GetOrAddMap("metadata")["uid"] = uid;
                    }

                    Check(where, answer, FieldOwnership.Update(live, updated, manager, context), schema);
                    break;
                case "PATCH" when status < 300 && type == "application/merge-patch+json":
                    Check(where, answer, FieldOwnership.Update(live, (MapValue)MergePatch.Apply(live, body), manager, context), schema);
                    break;
                case "PATCH" when status < 300:
                    Assert.Fail(where);
                    break;
            }

            if (status < 300)
            {
                // What the real server answered is what it stored.
                objects[answer.Name()] = answer;
            }
        }
    }

    private static void Check(string where, MapValue expected, MapValue actual, Schema schema)
    {
        Assert.True(Value.DeepEquals(Managers(expected), Managers(actual)), $"{where}\nexpected {Managers(expected)}\nactual   {Managers(actual)}");
        foreach (var property in schema.Properties.Where(p => p.Name is not ("metadata" or "status")))
        {
            Assert.True(Value.DeepEquals(NoNulls(expected[property.Name]), NoNulls(actual[property.Name])), $"{where}: {property.Name}\nexpected {expected[property.Name]}\nactual   {actual[property.Name]}");
        }
    }

    private static Value? NoNulls(Value? value) => value is null ? null : MergePatch.Apply(null, value) is MapValue { Count: 0 } ? null : MergePatch.Apply(null, value);

    private static ListValue Managers(MapValue value)
    {
        var entries = value.GetMap("metadata")?.GetList("managedFields") ?? [];
        var copies = entries.Cast<MapValue>().Select(e =>
        {
            var copy = e.ShallowClone();
            copy["time"] = copy.ContainsKey("time");
            return copy;
        });
        return new(copies.OrderBy(e => e.GetString("operation")).ThenBy(e => e.GetString("manager"), StringComparer.Ordinal).ThenBy(e => e.GetString("subresource")));
    }
}
