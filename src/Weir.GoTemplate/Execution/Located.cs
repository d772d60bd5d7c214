using Weir.Values;

namespace Weir.GoTemplate;

/// <summary>
/// A value with the one thing of its static type that messages show: whether Go holds it as an <c>interface {}</c>
/// (an element of a <c>[]any</c>) or knows its own type. No value at all is C# <see langword="null"/>; an interface
/// that holds nil is <see cref="NullValue"/>.
/// </summary>
internal readonly record struct Located(Value? Value, bool IsInterface);
