using Weir.Values;
using Weir.Yaml;

namespace Weir.Fuzz;

/// <summary>YAML in all dialects: never throws; what is read is written so that it reads back the same.</summary>
internal static class YamlTarget
{
    public static FuzzTarget Create() => new(
        "yaml",
        [
            "a: 1\nb:\n- c\n- d: |\n    x\n  e: >-\n    y\n"u8.ToArray(),
            "a: &x {b: [1, 2.5, 'q', \"\\u0041\"]}\nc:\n  <<: *x\n---\n!!str 1\n...\n"u8.ToArray(),
            "%TAG !y! tag:yaml.org,2002:\n---\n? k\n: !y!int '1'\n# c\n"u8.ToArray(),
        ],
        Run);

    private static void Run(byte[] input)
    {
        foreach (var dialect in new[] { YamlDialect.SigsYaml, YamlDialect.GoYamlV2, YamlDialect.GoYamlV3 })
        {
            var options = new YamlReadOptions { Dialect = dialect };
            var parsed = YamlReader.ReadStream(input, options);
            if (parsed.HasErrors)
            {
                continue;
            }

            foreach (var value in parsed.Result!)
            {
                var written = YamlWriter.Write(value, new YamlWriteOptions { Dialect = dialect });
                if (written.Contains("<<", StringComparison.Ordinal) || written.Contains('\t', StringComparison.Ordinal))
                {
                    continue; // go-yaml cannot read back the key "<<", nor v3 a block that begins with a tab
                }

                var again = YamlReader.Read(written, options);
                if (again.HasErrors || YamlWriter.Write(again.Result!, new YamlWriteOptions { Dialect = dialect }) != written)
                {
                    throw new InvalidOperationException($"{dialect} does not read back:\n{written}\n{YamlReader.GoError(again.Diagnostics)}");
                }
            }
        }
    }
}
