namespace Weir.GoTemplate.Formatting;

/// <summary>The flags, width and precision of one verb.</summary>
internal struct FormatFlags
{
    public bool Minus;
    public bool Plus;
    public bool Sharp;
    public bool Space;
    public bool Zero;

    /// <summary><c>%+v</c>: fields with their names.</summary>
    public bool PlusV;

    /// <summary><c>%#v</c>: Go syntax.</summary>
    public bool SharpV;

    public int? Width;
    public int? Precision;

    /// <summary>True when nothing asks for another form than the shortest.</summary>
    public readonly bool IsPlain => !Minus && !Plus && !Sharp && !Space && !Zero && !SharpV && Width is null && Precision is null;
}
