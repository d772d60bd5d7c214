using Weir.Kubernetes;

namespace Weir.ApiServer.Protobuf;

/// <summary>Finds the wire type of a schema.</summary>
internal static class WireTypes
{
    public const string SchemaName = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.JSONSchemaProps";

    public static WireType Of(Schema schema)
    {
        if (schema.IsIntOrString)
        {
            return WireType.IntOrString;
        }

        switch (schema.Format)
        {
            case "byte":
                return WireType.Bytes;
            case "date-time":
                return WireType.Time;
            case "quantity":
                return WireType.Text;
        }

        if (schema.Name is not { } name)
        {
            return WireType.Plain;
        }

        return name[(name.LastIndexOf('.') + 1)..] switch
        {
            "FieldsV1" or "RawExtension" or "JSON" => WireType.Json,
            "JSONSchemaPropsOrArray" => WireType.SchemaOrArray,
            "JSONSchemaPropsOrBool" => WireType.SchemaOrBool,
            "JSONSchemaPropsOrStringArray" => WireType.SchemaOrStrings,
            _ => WireType.Plain,
        };
    }
}
