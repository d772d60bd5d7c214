using Weir.Values;

namespace Weir.Helm;

/// <summary>One document that a template wrote.</summary>
/// <param name="Source">The template's path, such as <c>chart/templates/service.yaml</c>.</param>
/// <param name="Text">The document as written, with the line break at its end.</param>
/// <param name="Kind">The kind that the document names; empty when it names none.</param>
/// <param name="Object">
/// The document as a value; <see langword="null"/> when it holds nothing but comments, or when only texts were asked for
/// (<see cref="RenderOptions.OnlyTexts"/>).
/// </param>
public sealed record RenderedManifest(string Source, string Text, string Kind, MapValue? Object);
