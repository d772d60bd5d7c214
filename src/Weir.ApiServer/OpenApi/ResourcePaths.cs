using Weir.ApiServer.Resources;
using Weir.Kubernetes;
using Weir.Values;

namespace Weir.ApiServer.OpenApi;

/// <summary>The paths of a resource with the operations and parameters that clients look for.</summary>
internal static class ResourcePaths
{
    private const string DryRun = "When present, indicates that modifications should not be persisted. An invalid or unrecognized dryRun directive will "
        + "result in an error response and no further processing of the request. Valid values are: - All: all dry run stages will be processed";

    private const string FieldManager = "fieldManager is a name associated with the actor or entity that is making these changes. The value must be less than "
        + "or 128 characters long, and only contain printable characters, as defined by https://golang.org/pkg/unicode/#IsPrint.";

    private const string FieldManagerOfPatch = FieldManager + " This field is required for apply requests (application/apply-patch) but optional for non-apply "
        + "patch types (JsonPatch, MergePatch, StrategicMergePatch).";

    private const string FieldValidation = "fieldValidation instructs the server on how to handle objects in the request (POST/PUT/PATCH) containing unknown or "
        + "duplicate fields. Valid values are: - Ignore: This will ignore any unknown fields that are silently dropped from the object, and will ignore all but "
        + "the last duplicate field that the decoder encounters. This is the default behavior prior to v1.23. - Warn: This will send a warning via the standard "
        + "warning response header for each unknown field that is dropped from the object, and for each duplicate field that is encountered. The request will "
        + "still succeed if there are no other errors, and will only persist the last of any duplicate fields. This is the default in v1.23+ - Strict: This will "
        + "fail the request with a BadRequest error if any unknown fields would be dropped from the object, or if any duplicate fields are present. The error "
        + "returned from the server will contain all unknown and duplicate fields encountered.";

    private const string Force = "Force is going to \"force\" Apply requests. It means user will re-acquire conflicting fields owned by other people. Force flag "
        + "must be unset for non-apply patch requests.";

    public static void Add(MapValue paths, SchemaDocument schemas, string root, ServedResource resource, string schemaName)
    {
        var type = resource.Type;
        var collection = type.IsNamespaced ? $"{root}/namespaces/{{namespace}}/{type.Plural}" : $"{root}/{type.Plural}";
        if (type.IsNamespaced && type.Can(ResourceVerbs.List))
        {
            paths[$"{root}/{type.Plural}"] = new MapValue { ["get"] = Operation("list", resource, schemas, schemaName) };
        }

        var all = new MapValue();
        Put(all, "get", ResourceVerbs.List, "list");
        Put(all, "post", ResourceVerbs.Create, "post");
        Put(all, "delete", ResourceVerbs.DeleteCollection, "deletecollection");
        if (all.Count > 0)
        {
            paths[collection] = all;
        }

        var one = new MapValue();
        Put(one, "get", ResourceVerbs.Get, "get");
        Put(one, "put", ResourceVerbs.Update, "put");
        Put(one, "patch", ResourceVerbs.Patch, "patch");
        Put(one, "delete", ResourceVerbs.Delete, "delete");
        if (one.Count > 0)
        {
            paths[$"{collection}/{{name}}"] = one;
        }

        foreach (var subresource in type.Subresources)
        {
            if (subresource.Name is not ("status" or "scale"))
            {
                continue;
            }

            var item = new MapValue();
            foreach (var (method, verb) in ((string, ResourceVerbs)[])[("get", ResourceVerbs.Get), ("put", ResourceVerbs.Update), ("patch", ResourceVerbs.Patch)])
            {
                if ((subresource.Verbs & verb) != 0)
                {
                    item[method] = Operation(method, resource, schemas, schemaName);
                }
            }

            paths[$"{collection}/{{name}}/{subresource.Name}"] = item;
        }

        void Put(MapValue target, string method, ResourceVerbs verb, string action)
        {
            if (type.Can(verb))
            {
                target[method] = Operation(action, resource, schemas, schemaName);
            }
        }
    }

    private static MapValue Operation(string action, ServedResource resource, SchemaDocument schemas, string schemaName)
    {
        var operation = new MapValue
        {
            ["operationId"] = $"{action}{resource.Group}{resource.Version}{resource.Plural}",
            ["x-kubernetes-action"] = action,
            ["x-kubernetes-group-version-kind"] = SchemaDocument.Kind(resource.Type.GroupVersionKind),
        };
        var parameters = new ListValue();
        if (action is "post" or "put" or "patch" or "delete" or "deletecollection")
        {
            parameters.Add(Parameter("dryRun", "string", DryRun));
        }

        if (action is "post" or "put" or "patch")
        {
            parameters.Add(Parameter("fieldManager", "string", action == "patch" ? FieldManagerOfPatch : FieldManager));
            parameters.Add(Parameter("fieldValidation", "string", FieldValidation));
        }

        if (action == "patch")
        {
            parameters.Add(Parameter("force", "boolean", Force));
        }

        operation["parameters"] = parameters;
        if (action is "post" or "put")
        {
            operation["requestBody"] = new MapValue
            {
                ["content"] = new MapValue { ["*/*"] = new MapValue { ["schema"] = schemas.Reference(schemaName) } },
                ["required"] = true,
            };
        }

        if (action == "patch")
        {
            var content = new MapValue();
            foreach (var type in resource.IsCustom
                ? (ReadOnlySpan<string>)["application/apply-patch+yaml", "application/json-patch+json", "application/merge-patch+json"]
                : ["application/apply-patch+yaml", "application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json"])
            {
                content[type] = new MapValue { ["schema"] = schemas.Reference("io.k8s.apimachinery.pkg.apis.meta.v1.Patch") };
            }

            operation["requestBody"] = new MapValue { ["content"] = content, ["required"] = true };
        }

        operation["responses"] = new MapValue
        {
            ["200"] = new MapValue
            {
                ["description"] = "OK",
                ["content"] = new MapValue { ["application/json"] = new MapValue { ["schema"] = schemas.Reference(schemaName) } },
            },
            ["401"] = new MapValue { ["description"] = "Unauthorized" },
        };
        return operation;
    }

    private static MapValue Parameter(string name, string type, string description) => new()
    {
        ["name"] = name,
        ["in"] = "query",
        ["description"] = description,
        ["schema"] = new MapValue { ["type"] = type, ["uniqueItems"] = true },
    };
}
