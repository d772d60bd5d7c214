using Weir.GoTemplate.Toml;

namespace Weir.GoTemplate.Sprig;

/// <summary>
/// The functions of Masterminds/sprig v3.3 that Helm has (all but <c>env</c> and <c>expandenv</c>), with Helm's conversions
/// to and from YAML, JSON and TOML. <c>include</c>, <c>tpl</c>, <c>required</c> and <c>lookup</c> are Helm's own.
/// </summary>
public static class SprigFunctions
{
    public static FunctionTable Table { get; } = FunctionTable.Combine(
        StringFunctions.Table,
        NumberFunctions.Table,
        DefaultFunctions.Table,
        ListFunctions.Table,
        DictFunctions.Table,
        EncodingFunctions.Table,
        RegexFunctions.Table,
        DateFunctions.Table,
        RandomFunctions.Table,
        CryptoFunctions.Table,
        ReflectionFunctions.Table,
        SemverFunctions.Table,
        PathFunctions.Table,
        UrlFunctions.Table,
        NetworkFunctions.Table,
        JsonFunctions.Table,
        YamlFunctions.Table,
        TomlFunctions.Table);
}
