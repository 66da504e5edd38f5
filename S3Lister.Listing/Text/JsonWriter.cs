namespace S3Lister.Listing.Text;

/// <summary>
/// Writes JSON objects and arrays into a buffer, with the commas between them. Names and structure are not validated.
/// </summary>
internal ref struct JsonWriter(Utf8Buffer buffer)
{
    private bool _needsComma;

    public void StartObject()
    {
        buffer.Append(_needsComma ? ",{"u8 : "{"u8);
        _needsComma = false;
    }

    public void StartObject(ReadOnlySpan<byte> name)
    {
        Name(name);
        buffer.Append("{"u8);
        _needsComma = false;
    }

    public void EndObject() => End("}"u8);

    public void StartArray(ReadOnlySpan<byte> name)
    {
        Name(name);
        buffer.Append("["u8);
        _needsComma = false;
    }

    public void EndArray() => End("]"u8);

    /// <summary>Writes a string property; null becomes JSON's null.</summary>
    public void String(ReadOnlySpan<byte> name, string? value)
    {
        Name(name);
        buffer.AppendString(value);
    }

    /// <inheritdoc cref="String(ReadOnlySpan{byte}, string?)"/>
    public void String(ReadOnlySpan<byte> name, ReadOnlySpan<byte> utf8)
    {
        Name(name);
        buffer.AppendString(utf8);
    }

    public void Number(ReadOnlySpan<byte> name, long value)
    {
        Name(name);
        buffer.AppendNumber(value);
    }

    /// <summary>Writes a finite number.</summary>
    public void Number(ReadOnlySpan<byte> name, double value)
    {
        Name(name);
        buffer.AppendNumber(value);
    }

    public void Boolean(ReadOnlySpan<byte> name, bool value)
    {
        Name(name);
        buffer.Append(value ? "true"u8 : "false"u8);
    }

    /// <summary>Writes an instant as a string (RFC 3339).</summary>
    public void Instant(ReadOnlySpan<byte> name, DateTime value)
    {
        Name(name);
        _needsComma = false;
        Instant(value);
    }

    /// <summary>Writes an instant as an element of an array.</summary>
    public void Instant(DateTime value)
    {
        buffer.Append(_needsComma ? ",\""u8 : "\""u8);
        buffer.Advance(Rfc3339.Write(value, buffer.GetSpan(Rfc3339.MaxLength)));
        buffer.Append("\""u8);
        _needsComma = true;
    }

    /// <summary>Writes a number as an element of an array.</summary>
    public void Number(long value)
    {
        buffer.Append(_needsComma ? ","u8 : []);
        buffer.AppendNumber(value);
        _needsComma = true;
    }

    /// <inheritdoc cref="Instant(ReadOnlySpan{byte}, DateTime)"/>
    public void Instant(ReadOnlySpan<byte> name, DateTime? value)
    {
        if (value is { } instant)
        {
            Instant(name, instant);
        }
        else
        {
            String(name, (string?)null);
        }
    }

    /// <summary>Writes an array of strings.</summary>
    public void Strings(ReadOnlySpan<byte> name, IReadOnlyList<string> values)
    {
        StartArray(name);
        for (var i = 0; i < values.Count; i++)
        {
            buffer.Append(i == 0 ? [] : ","u8);
            buffer.AppendString(values[i]);
        }

        EndArray();
    }

    /// <summary>Writes an array whose elements are JSON already, including the commas between them.</summary>
    public void Array(ReadOnlySpan<byte> name, ReadOnlySpan<byte> elements)
    {
        StartArray(name);
        buffer.Append(elements);
        EndArray();
    }

    private void End(ReadOnlySpan<byte> bracket)
    {
        buffer.Append(bracket);
        _needsComma = true;
    }

    /// <summary>Writes the name of a property, whose value follows.</summary>
    private void Name(ReadOnlySpan<byte> name)
    {
        buffer.Append(_needsComma ? ",\""u8 : "\""u8);
        buffer.Append(name);
        buffer.Append("\":"u8);
        _needsComma = true;
    }
}
