using Weir.ApiServer.Resources;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.OpenApi;

/// <summary>The OpenAPI v3 document of one group version.</summary>
internal static class GroupVersionDocument
{
    private const string Meta = "io.k8s.apimachinery.pkg.apis.meta.v1.";

    public static MapValue Build(ResourceRegistry registry, string group, string version)
    {
        var schemas = new SchemaDocument("#/components/schemas/");
        var paths = new MapValue();
        var root = group.Length == 0 ? $"/api/{version}" : $"/apis/{group}/{version}";
        var isCustom = false;
        foreach (var resource in registry.In(group, version))
        {
            isCustom |= resource.IsCustom;
            ResourcePaths.Add(paths, schemas, root, resource, SchemaName(schemas, resource));
        }

        foreach (var name in (ReadOnlySpan<string>)["Patch", "DeleteOptions", "Status", "ObjectMeta", "ListMeta"])
        {
            schemas.Add(Meta + name);
        }

        schemas.Drain();
        return new MapValue
        {
            ["openapi"] = "3.0.0",
            ["info"] = isCustom
                ? new MapValue { ["title"] = "Kubernetes CRD Swagger", ["version"] = "v0.1.0" }
                : new MapValue { ["title"] = "Kubernetes", ["version"] = ServerVersion.Git },
            ["paths"] = paths,
            ["components"] = new MapValue { ["schemas"] = schemas.Components },
        };
    }

    /// <summary>The component of a resource's objects: the built-in type, or one named after the group in reverse.</summary>
    public static string SchemaName(SchemaDocument schemas, ServedResource resource)
    {
        if (resource.Custom is not { } custom)
        {
            schemas.Refer(resource.Schema);
            return resource.Schema.Name ?? "";
        }

        var name = $"{string.Join('.', resource.Group.Split('.').Reverse())}.{resource.Version}.{resource.Kind}";
        schemas.Add(name, CustomComponent(schemas, resource, custom));
        var listName = name + "List";
        schemas.Add(listName, new MapValue
        {
            ["description"] = $"{resource.Kind}List is a list of {resource.Kind}",
            ["type"] = "object",
            ["required"] = new ListValue { "items" },
            ["properties"] = new MapValue
            {
                ["apiVersion"] = new MapValue { ["type"] = "string" },
                ["kind"] = new MapValue { ["type"] = "string" },
                ["metadata"] = schemas.Reference(Meta + "ListMeta"),
                ["items"] = new MapValue { ["type"] = "array", ["items"] = schemas.Reference(name) },
            },
            ["x-kubernetes-group-version-kind"] = new ListValue { SchemaDocument.Kind(new(resource.Group, resource.Version, resource.Type.ListKind)) },
        });
        return name;
    }

    private static MapValue CustomComponent(SchemaDocument schemas, ServedResource resource, CustomDefinition custom)
    {
        var written = custom.Version.GetMap("schema")?.GetMap("openAPIV3Schema");
        var component = written?.ShallowClone() ?? new MapValue { ["type"] = "object" };
        if (written?.GetBool("x-kubernetes-preserve-unknown-fields") == true)
        {
            return new MapValue
            {
                ["type"] = "object",
                ["x-kubernetes-group-version-kind"] = new ListValue { SchemaDocument.Kind(resource.Type.GroupVersionKind) },
                ["x-kubernetes-preserve-unknown-fields"] = true,
            };
        }

        var properties = component.GetMap("properties")?.ShallowClone() ?? new MapValue();
        properties["apiVersion"] = new MapValue
        {
            ["type"] = "string",
            ["description"] = "APIVersion defines the versioned schema of this representation of an object.",
        };
        properties["kind"] = new MapValue { ["type"] = "string", ["description"] = "Kind is a string value representing the REST resource this object represents." };
        properties["metadata"] = new MapValue { ["allOf"] = new ListValue { schemas.Reference(Meta + "ObjectMeta") } };
        component["properties"] = properties;
        component["x-kubernetes-group-version-kind"] = new ListValue { SchemaDocument.Kind(resource.Type.GroupVersionKind) };
        return component;
    }
}
