using Weir.GoTemplate;
using Weir.Helm;
using Weir.Testing;
using Weir.Values;
using Weir.Yaml;

namespace Weir.Conformance.Tests.Helm;

/// <summary>The rows of Helm's own table tests.</summary>
public sealed class HelmTableTests
{
    [Fact]
    public void Reads_versions_of_kubernetes_as_helm_does() => Run("h_pkg_chart_common", row => () =>
    {
        var (version, error) = KubeVersion.Parse(row.Text("input"));
        return error ?? HelmRow.Compare(
            new MapValue { ["v"] = row.Text("wantVer"), ["s"] = row.Text("wantString"), ["a"] = row.Text("wantMajor"), ["i"] = row.Text("wantMinor") },
            new MapValue { ["v"] = version!.Version, ["s"] = version.Normalized, ["a"] = version.Major, ["i"] = version.Minor });
    });

    [Fact]
    public void Lays_values_over_one_another_as_helm_does() => Run("h_pkg_chart_common_util", row => () =>
    {
        var isMerge = row.Function == "TestMergeValues";
        var chart = ChartInstance.Of(Fixtures.Whaler(isMerge));
        var values = isMerge
            ? ValuesCoalescing.Merge(chart, Fixtures.WhalerValues(), [])
            : ValuesCoalescing.Coalesce(chart, Fixtures.WhalerValues(), []);
        var set = new TemplateSet(FunctionTable.Empty);
        if (set.Parse("t", row.Text("tpl")) is { } unreadable)
        {
            return unreadable.Text;
        }

        var result = set.Execute("t", values, new FixedHost());
        return Same(row.Text("expect"), result.Succeeded ? result.Text : result.Error.Text);
    });

    [Fact]
    public void Checks_chart_yaml_as_helm_does() => Run("h_pkg_chart_v2", row => () =>
    {
        if (row.Fields["md"] is not MapValue written)
        {
            // A chart without metadata cannot be built here: loading asks for Chart.yaml first.
            return null;
        }

        var (metadata, _) = ChartMetadataReader.Apply(written, new ChartMetadata());
        var (_, error) = ChartMetadataRules.Check(metadata);
        return (row.Fields["err"] is not (null or NullValue)) == (error is not null) ? null : $"got {error ?? "no error"}";
    });

    [Fact]
    public void Refuses_charts_as_helm_does() => Run("h_pkg_chart_v2_loader", row => () =>
    {
        if (row.Function == "TestLoadInvalidArchive")
        {
            var loaded = ChartLoader.LoadArchive(Fixtures.Archive(row.Text("internal"), "hello: world"), "x.tgz");
            return Contains(row.Text("expectError"), loaded.Diagnostics);
        }

        var files = row.Fields.GetList("bufferedFiles")!.Cast<MapValue>().Select(f => new ChartFile(f.GetString("Name")!, GoString.ToBytes(f.GetString("Data") ?? "")));
        return Contains(row.Text("expectError"), ChartLoader.LoadFiles([.. files]).Diagnostics);
    });

    [Fact]
    public void Chooses_dependencies_as_helm_does() => Run("h_pkg_chart_v2_util", row => row.Function switch
    {
        "TestIsCompatibleRange" => () => ChartDependencies.IsCompatible(row.Text("constraint"), row.Text("ver")) == row.Flag("expected") ? null : "differs",
        "TestDependencyEnabled" => () =>
        {
            var chart = ChartInstance.Of(Fixtures.Populated());
            ChartDependencies.Process(chart, row.Fields.GetMap("v")!, []);
            var names = Names(chart, "").Order(StringComparer.Ordinal);
            return HelmRow.Compare(row.Fields["e"], new ListValue(names.Select(n => (Value)new StringValue(n))));
        },

        // Unpacking to disk is no part of this room: charts are read in memory.
        _ => null,
    });

    [Fact]
    public void Merges_values_of_the_command_line_as_helm_does() => Run("h_pkg_cli_values", row => row.Function switch
    {
        "TestMergeValuesCLI" => () =>
        {
            var options = row.Fields.GetMap("opts")!;
            var (values, error) = Cli.Templating.ValuesFlags.Merge(new Cli.Templating.TemplateRequest
            {
                Chart = "",
                SetJson = Texts(options, "JSONValues"),
                Set = Texts(options, "Values"),
            });
            return row.Flag("wantErr") ? (error is null ? "no error" : null) : error?.Message ?? HelmRow.Compare(row.Fields["expected"], values);
        },

        "TestReadFile" when row.Flag("expectError") && row.Fields.GetMap("providers") is { Count: 0 } => () => ReadError(row) is null ? "no error" : null,
        "TestReadFileErrorMessages" when row.Fields.GetMap("providers") is { Count: 0 } => () =>
            ReadError(row) is { } error && error.Contains(row.Text("wantErr"), StringComparison.Ordinal) ? null : $"got {ReadError(row)}",

        // The others test Go's registry of download functions.
        _ => null,
    });

    private static string? ReadError(HelmRow row) =>
        Cli.Templating.ValuesFlags.Merge(new Cli.Templating.TemplateRequest { Chart = "", ValueFiles = [row.Text("filePath")] }).Error?.Message;

    [Fact]
    public void Renders_as_helms_engine_does() => Run("h_pkg_engine", row => row.Function switch
    {
        "TestExecErrors" => () =>
        {
            var (name, template) = row.Fields.GetMap("tpls")!.EntryAt(0);
            return Same(row.Text("expected"), Fixtures.Render(name, ((MapValue)template).GetString("tpl")!, new MapValue { ["Values"] = new MapValue() }).Error);
        },
        "TestFuncs" => () =>
        {
            var (text, error) = Fixtures.Render("test", row.Text("tpl"), row.Fields["vars"] ?? NullValue.Instance);
            return error ?? Same(row.Text("expect"), text);
        },
        _ => () =>
        {
            var files = FilesObject.Of([new ChartFile(row.Text("path"), GoString.ToBytes(row.Text("data")))]);
            var (text, error) = Fixtures.Render("test", $"{{{{ .Get \"{row.Text("path")}\" }}}}", files);
            return error ?? Same(row.Text("data"), text);
        },
    });

    [Fact]
    public void Ignores_files_as_helm_does() => Run("h_pkg_ignore", row => () =>
    {
        var (rules, error) = HelmIgnore.Parse(row.Text("pattern"));
        var isDirectory = row.Text("name").EndsWith('/') || row.Text("name") is "cargo" or "mast";
        var ignored = rules.IsIgnored(row.Text("name"), isDirectory);
        return error?.Message ?? (ignored == row.Flag("expect") ? null : $"ignored: {ignored}");
    });

    [Fact]
    public void Splits_and_sorts_manifests_as_helm_does() => Run("h_pkg_release_v1_util", row => row.Function switch
    {
        "TestSplitManifests" => () =>
        {
            var documents = ManifestSplitter.Split(row.Text("input"));
            var map = new MapValue();
            for (var i = 0; i < documents.Count; i++)
            {
                map[$"manifest-{i}"] = documents[i];
            }

            return HelmRow.Compare(row.Fields["expected"], map);
        },
        "TestKindSorterForHooks" => () =>
        {
            (string Name, string Kind)[] hooks = [("i", "ClusterRole"), ("j", "ClusterRoleBinding"), ("c", "LimitRange"), ("a", "Namespace")];
            return Same(row.Text("expected"), string.Concat(KindOrder.ForUninstall(hooks, h => h.Kind).Select(h => h.Name)));
        },
        _ => () => SortsOne(row),
    });

    [Fact]
    public void Reads_set_flags_as_helm_does() => Run("h_pkg_strvals", row => row.Function switch
    {
        "TestParseLiteral" => () => Strvals(row, (text, into) => StringValues.ParseLiteral(text, into), "str", new MapValue()),
        "TestParseLiteralInto" => () => Strvals(row, (text, into) => StringValues.ParseLiteral(text, into), "input", row.Fields.GetMap("got") ?? new MapValue()),
        "TestParseLiteralNestedLevels" => () => StringValues.ParseLiteral(TooDeep, new MapValue()) is null ? "no error" : null,
        "TestParseSet" when row.Id.Contains(":testsString:", StringComparison.Ordinal) => () => Strvals(row, (text, into) => StringValues.ParseString(text, into), "str", new MapValue()),
        "TestParseSet" => () => Strvals(row, (text, into) => StringValues.Parse(text, into), "str", new MapValue()),
        "TestParseInto" => () => Strvals(row, (text, into) => StringValues.Parse(text, into), "input", row.Fields.GetMap("got") ?? new MapValue()),
        "TestParseJSON" => () => Strvals(row, (text, into) => StringValues.ParseJson(text, into), "input", row.Fields.GetMap("got") ?? new MapValue()),
        "TestParseSetNestedLevels" when row.Fields["str"] is MapValue => () => StringValues.Parse(TooDeep, new MapValue()) is null ? "no error" : null,
        "TestParseSetNestedLevels" => () => Strvals(row, (text, into) => StringValues.Parse(text, into), "str", new MapValue()),
        _ => () =>
        {
            var into = new MapValue { ["l"] = row.Fields["initial"]! };
            var error = StringValues.Parse($"l[{row.Fields.GetInt("add")}]={row.Fields.GetInt("val")}", into);
            return row.Flag("err") == (error is not null) ? HelmRow.Compare(row.Fields["expect"], into["l"]) : $"got {error ?? "no error"}";
        },
    });

    private static string TooDeep => string.Concat(Enumerable.Range(1, 31).Select(i => $"name{i}.")) + "value=1";

    private static string? Strvals(HelmRow row, Func<string, MapValue, string?> parse, string field, MapValue into)
    {
        var error = parse(row.Text(field), into);
        if (error is null && row.Fields.GetString("input2") is { Length: > 0 } second)
        {
            error = parse(second, into);
        }

        return row.Flag("err") ? (error is null ? "no error" : null) : error ?? HelmRow.Compare(row.Fields["expect"], into);
    }

    private static string? SortsOne(HelmRow row)
    {
        var (_, hooks, error) = ManifestSorter.Sort([new(row.Text("path"), row.Text("manifest"))]);
        if (error is not null)
        {
            // The table's broken manifest stands in a partial, which is passed over.
            return error.Message;
        }

        foreach (var hook in hooks)
        {
            var expected = row.Fields.GetMap("hooks")![hook.Name] is ListValue events ? events.Select(e => Event(e)).ToList() : [];
            if (!expected.SequenceEqual(hook.Events))
            {
                return $"{hook.Name}: expected {string.Join(',', expected)}, got {string.Join(',', hook.Events)}";
            }
        }

        return null;
    }

    private static string Event(Value value) => value is MapValue map && map.GetString("$sym") is { } symbol
        ? string.Concat(symbol["release.Hook".Length..].Select((c, i) => char.IsUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()))
        : value.ToString()!;

    private static IEnumerable<string> Names(ChartInstance chart, string prefix)
    {
        var name = prefix + chart.Name;
        return chart.Dependencies.SelectMany(d => Names(d, name + ".")).Prepend(name);
    }

    private static string[] Texts(MapValue map, string key) => [.. (map.GetList(key) ?? []).OfType<StringValue>().Select(s => s.Value)];

    private static string? Same(string expected, string? actual) => expected == actual ? null : $"expected '{expected}', got '{actual}'";

    private static string? Contains(string expected, IReadOnlyList<Diagnostic> diagnostics) =>
        diagnostics.Any(d => d.Message.Contains(expected, StringComparison.Ordinal)) ? null : $"expected '{expected}', got '{string.Join("; ", diagnostics)}'";

    private static void Run(string table, Func<HelmRow, Func<string?>?> test)
    {
        Assert.SkipWhen(ConformanceData.Directory is null, ConformanceData.SkipReason);
        var suite = new Suite($"Helm.{table}", Path.Combine(TestData.ProjectDirectory(typeof(HelmTableTests).Assembly), "Helm", "known-differences.txt"));
        foreach (var row in HelmRow.Read(table))
        {
            if (test(row) is { } run)
            {
                suite.Run(row.Id, run);
            }
            else
            {
                suite.Skip(row.Id);
            }
        }

        suite.Finish();
    }
}
