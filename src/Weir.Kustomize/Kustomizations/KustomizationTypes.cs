namespace Weir.Kustomize.Kustomizations;

/// <summary>The structs of kustomize's API: what a kustomization and the configurations of plugins may hold.</summary>
internal static class KustomizationTypes
{
    private static readonly GoType S = GoType.String;
    private static readonly GoType B = GoType.Bool;

    public static GoStruct ObjectMeta { get; } = new(
        "ObjectMeta", ("name", S), ("namespace", S), ("labels", GoType.StringMap), ("annotations", GoType.StringMap));

    public static GoStruct FieldSpec { get; } = new GoStruct("FieldSpec", ("group", S), ("version", S), ("kind", S), ("path", S), ("create", B)).Embedding("Gvk", "group", "version", "kind");

    public static GoStruct ResourceId { get; } = new GoStruct("ResId", ("group", S), ("version", S), ("kind", S), ("name", S), ("namespace", S))
        .Embedding("Gvk", "group", "version", "kind");

    public static GoStruct Selector { get; } = ResourceId.Extend("Selector", ("annotationSelector", S), ("labelSelector", S))
        .Embedding("ResId.Gvk", "group", "version", "kind").Embedding("ResId", "name", "namespace");

    public static GoStruct Label { get; } = new(
        "Label", ("pairs", GoType.StringMap), ("includeSelectors", B), ("includeTemplates", B), ("fields", GoType.ListOf(FieldSpec)));

    public static GoStruct PatchArgs { get; } = new("PatchArgs", ("allowNameChange", B), ("allowKindChange", B));

    public static GoStruct Patch { get; } = new("Patch", ("path", S), ("patch", S), ("target", Selector), ("options", PatchArgs));

    public static GoStruct Image { get; } = new("Image", ("name", S), ("newName", S), ("tagSuffix", S), ("newTag", S), ("digest", S));

    public static GoStruct FieldOptions { get; } = new("FieldOptions", ("delimiter", S), ("index", GoType.Int), ("encoding", S), ("create", B));

    public static GoStruct SourceSelector { get; } = ResourceId.Extend("SourceSelector", ("fieldPath", S), ("options", FieldOptions))
        .Embedding("ResId.Gvk", "group", "version", "kind").Embedding("ResId", "name", "namespace");

    public static GoStruct TargetSelector { get; } = new(
        "TargetSelector", ("select", Selector), ("reject", GoType.ListOf(Selector)), ("fieldPaths", GoType.StringList), ("options", FieldOptions));

    public static GoStruct Replacement { get; } = new(
        "Replacement", ("source", SourceSelector), ("targets", GoType.ListOf(TargetSelector)), ("sourceValue", S));

    public static GoStruct ReplacementField { get; } = Replacement.Extend("ReplacementField", ("path", S));

    public static GoStruct Replica { get; } = new("Replica", ("name", S), ("count", GoType.Int64));

    public static GoStruct VarTarget { get; } = new(
        "Target", ("apiVersion", S), ("group", S), ("version", S), ("kind", S), ("name", S), ("namespace", S));

    public static GoStruct FieldSelector { get; } = new("FieldSelector", ("fieldPath", S));

    public static GoStruct Var { get; } = new("Var", ("name", S), ("objref", VarTarget), ("fieldref", FieldSelector));

    public static GoStruct LegacySortOptions { get; } = new(
        "LegacySortOptions", ("orderFirst", GoType.StringList), ("orderLast", GoType.StringList));

    public static GoStruct SortOptions { get; } = new("SortOptions", ("order", S), ("legacySortOptions", LegacySortOptions));

    public static GoStruct GeneratorOptions { get; } = new(
        "GeneratorOptions",
        ("labels", GoType.StringMap),
        ("annotations", GoType.StringMap),
        ("disableNameSuffixHash", B),
        ("immutable", B));

    public static GoStruct ConfigMapArgs { get; } = new GoStruct(
        "ConfigMapArgs",
        ("namespace", S),
        ("name", S),
        ("behavior", S),
        ("literals", GoType.StringList),
        ("files", GoType.StringList),
        ("envs", GoType.StringList),
        ("env", S),
        ("options", GeneratorOptions))
        .Embedding("GeneratorArgs", "namespace", "name", "behavior", "options")
        .Embedding("GeneratorArgs.KvPairSources", "literals", "files", "envs", "env");

    public static GoStruct SecretArgs { get; } = ConfigMapArgs.Extend("SecretArgs", ("type", S));

    public static GoStruct HelmGlobals { get; } = new("HelmGlobals", ("chartHome", S), ("configHome", S));

    public static GoStruct HelmChart { get; } = new(
        "HelmChart",
        ("name", S),
        ("version", S),
        ("repo", S),
        ("releaseName", S),
        ("namespace", S),
        ("additionalValuesFiles", GoType.StringList),
        ("valuesFile", S),
        ("valuesInline", GoType.MapOf(GoType.Any)),
        ("valuesMerge", S),
        ("includeCRDs", B),
        ("skipHooks", B),
        ("apiVersions", GoType.StringList),
        ("kubeVersion", S),
        ("nameTemplate", S),
        ("skipTests", B),
        ("debug", B),
        ("devel", B));

    public static GoStruct HelmChartArgs { get; } = new(
        "HelmChartArgs",
        ("chartName", S),
        ("chartVersion", S),
        ("chartRepoUrl", S),
        ("chartHome", S),
        ("chartRepoName", S),
        ("helmBin", S),
        ("helmHome", S),
        ("values", S),
        ("valuesLocal", GoType.MapOf(GoType.Any)),
        ("valuesMerge", S),
        ("releaseName", S),
        ("releaseNamespace", S),
        ("extraArgs", GoType.StringList));

    public static GoStruct Kustomization { get; } = new(
        "Kustomization",
        ("kind", S),
        ("apiVersion", S),
        ("metadata", ObjectMeta),
        ("openapi", GoType.StringMap),
        ("namePrefix", S),
        ("nameSuffix", S),
        ("namespace", S),
        ("commonLabels", GoType.StringMap),
        ("labels", GoType.ListOf(Label)),
        ("commonAnnotations", GoType.StringMap),
        ("patchesStrategicMerge", GoType.StringList),
        ("patchesJson6902", GoType.ListOf(Patch)),
        ("patches", GoType.ListOf(Patch)),
        ("images", GoType.ListOf(Image)),
        ("imageTags", GoType.ListOf(Image)),
        ("replacements", GoType.ListOf(ReplacementField)),
        ("replicas", GoType.ListOf(Replica)),
        ("vars", GoType.ListOf(Var)),
        ("sortOptions", SortOptions),
        ("resources", GoType.StringList),
        ("components", GoType.StringList),
        ("crds", GoType.StringList),
        ("bases", GoType.StringList),
        ("configMapGenerator", GoType.ListOf(ConfigMapArgs)),
        ("secretGenerator", GoType.ListOf(SecretArgs)),
        ("helmGlobals", HelmGlobals),
        ("helmCharts", GoType.ListOf(HelmChart)),
        ("helmChartInflationGenerator", GoType.ListOf(HelmChartArgs)),
        ("generatorOptions", GeneratorOptions),
        ("configurations", GoType.StringList),
        ("generators", GoType.StringList),
        ("transformers", GoType.StringList),
        ("validators", GoType.StringList),
        ("buildMetadata", GoType.StringList));

    /// <summary>A file of the <c>configurations</c> field.</summary>
    public static GoStruct TransformerConfig { get; } = new(
        "TransformerConfig",
        ("namePrefix", GoType.ListOf(FieldSpec)),
        ("nameSuffix", GoType.ListOf(FieldSpec)),
        ("namespace", GoType.ListOf(FieldSpec)),
        ("commonLabels", GoType.ListOf(FieldSpec)),
        ("labels", GoType.ListOf(FieldSpec)),
        ("templateLabels", GoType.ListOf(FieldSpec)),
        ("commonAnnotations", GoType.ListOf(FieldSpec)),
        ("nameReference", GoType.ListOf(new GoStruct(
            "NameBackReferences", ("group", S), ("version", S), ("kind", S), ("fieldSpecs", GoType.ListOf(FieldSpec))))),
        ("varReference", GoType.ListOf(FieldSpec)),
        ("images", GoType.ListOf(FieldSpec)),
        ("replicas", GoType.ListOf(FieldSpec)));
}
