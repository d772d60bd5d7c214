using Weir.Values;

namespace Weir.GoTemplate;

/// <summary>
/// What a function does with arguments that fit its signature. To report an error it returns
/// <see cref="CallContext.Fail(string)"/>. A nil result is <see cref="NullValue"/> or <see langword="null"/>.
/// </summary>
public delegate Value? FunctionBody(CallContext context, Arguments arguments);
