using System.Text.Json;
using Weir.Testing;
using Weir.Values;

namespace Weir.Kubernetes.Tests.Kinds;

/// <summary>Objects of built-in kinds that a real API server created have the same defaults here; those it refused have the same causes.</summary>
public sealed class RecordedKindTests
{
    // Given out by the server, or by admission and controllers.
    private static readonly string[] ServerFields = ["metadata", "status", "clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "healthCheckNodePort", "nodePort",
        "tolerations", "serviceAccount", "serviceAccountName", "priority", "preemptionPolicy", "volumeMounts", "volumes"];

    public static IEnumerable<TheoryDataRow<string>> Conversations()
    {
        var folder = ConformanceData.Directory is { } data ? Path.Combine(data, "kubernetes", "crud") : null;
        return folder is not null && Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(f => new TheoryDataRow<string>(Path.GetFileNameWithoutExtension(f)))
            : [new TheoryDataRow<string>("") { Skip = ConformanceData.SkipReason }];
    }

    [Theory]
    [MemberData(nameof(Conversations))]
    public void Created_objects_have_the_defaults_of_the_real_server(string conversation)
    {
        var differences = new List<string>();
        foreach (var (request, response) in Created(conversation))
        {
            if (response.GetString("kind") is "Status" or "Table" || BuiltInSchemas.Find(request.GroupVersionKind()) is not { } schema)
            {
                continue;
            }

            var value = BuiltInObject.Normalize(request, schema);
            BuiltInKinds.Find(request.GroupVersionKind().Group, request.GroupVersionKind().Kind).Default(value);
            value = BuiltInObject.Normalize(value, schema);
            var (expected, found) = (Compared(response), Compared(value));
            if (!expected.Equals(found))
            {
                differences.Add($"{request.Key()}\n  expected {expected}\n  found    {found}");
            }
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private static Value Compared(Value value)
    {
        switch (value)
        {
            case MapValue map:
                var copy = new MapValue();
                foreach (var (key, item) in map.Where(e => !ServerFields.Contains(e.Key)))
                {
                    copy[key] = Compared(item);
                }

                return copy;
            case ListValue list:
                return new ListValue(list.Select(Compared));
            default:
                return value;
        }
    }

    private static IEnumerable<(MapValue Request, MapValue Response)> Created(string conversation)
    {
        var file = Path.Combine(ConformanceData.Directory!, "kubernetes", "crud", conversation + ".json");
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        foreach (var item in (ListValue)Json.Of(document.RootElement.GetProperty("steps")))
        {
            if (item is MapValue step
                && step.GetMap("request") is { } request
                && request.GetString("method") == "POST"
                && request.GetMap("body") is { } body
                && body.GetString("kind") is not null
                && step.GetMap("response") is { } response
                && response.GetInt("status") == 201
                && !step.ContainsKey("compare")
                && response.GetMap("body") is { } answer)
            {
                yield return (body, answer);
            }
        }
    }
}
