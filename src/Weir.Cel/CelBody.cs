using Weir.Values;

namespace Weir.Cel;

/// <summary>
/// What a function does with its arguments. It answers a <see cref="CelError"/> when it fails, and <see langword="null"/> when
/// it knows nothing of values such as the first one.
/// </summary>
public delegate Value? CelBody(ReadOnlySpan<Value> arguments);
