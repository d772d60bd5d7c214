// KindTable: the facts about Kubernetes' built-in kinds as one compact file.
//
// usage: dotnet run --project tools/KindTable -- swagger.json internal.go SOURCES out.bin
//   swagger.json  the OpenAPI v2 document of the release (types, list types, merge keys, paths)
//   internal.go   client-go's applyconfigurations/internal/internal.go of the release (defaults)
//   SOURCES       a folder with the release's api, apimachinery, apiextensions-apiserver and kube-aggregator (protobuf numbers, enums)
//
// The layout is described in src/Weir.Kubernetes/Schemas/BuiltInTable.cs, which reads it. Descriptions are not carried over.
using KindTable;

if (args.Length != 4)
{
    Console.Error.WriteLine("usage: KindTable swagger.json internal.go SOURCES out.bin");
    return 2;
}

var swagger = Swagger.Load(args[0]);
var defaults = Defaults.Load(args[1]);
var protobuf = ProtobufMessages.Load(args[2]);
var enums = GoEnums.Load(args[2]);
var structs = GoStructs.Load(args[2]);
var bytes = new TableWriter(swagger, defaults, protobuf, enums, structs).Write();
File.WriteAllBytes(args[3], bytes);
Console.WriteLine($"{bytes.Length} bytes, {swagger.Definitions.Count} types, {defaults.Count} defaults, {protobuf.Count} messages, {enums.Count} enumerated fields, {structs.Fields.Count} Go fields");
return 0;
