using System.Text;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>Hands each line to the log and passes on as it is what is written without a line end.</summary>
internal sealed class CapturedConsole(TextWriter inner, Action<string> writeLine) : TextWriter(inner.FormatProvider)
{
    public override Encoding Encoding => inner.Encoding;

    public override void Flush() => inner.Flush();

    public override void Write(char value) => inner.Write(value);

    public override void Write(string? value) => inner.Write(value);

    public override void Write(char[] buffer, int index, int count) => inner.Write(buffer, index, count);

    public override void Write(ReadOnlySpan<char> buffer) => inner.Write(buffer);

    public override void WriteLine() => writeLine(string.Empty);

    public override void WriteLine(string? value) => writeLine(value ?? string.Empty);

    public override void WriteLine(ReadOnlySpan<char> buffer) => writeLine(new string(buffer));

    public override void WriteLine(char[]? buffer) => writeLine(new string(buffer));

    public override void WriteLine(char[] buffer, int index, int count) => writeLine(new string(buffer, index, count));

    public override void WriteLine(StringBuilder? value) => WriteLine(value?.ToString());

    public override void WriteLine(object? value) => WriteLine(value?.ToString());

    public override void WriteLine(bool value) => writeLine(value.ToString(FormatProvider));

    public override void WriteLine(char value) => writeLine(value.ToString(FormatProvider));

    public override void WriteLine(decimal value) => writeLine(value.ToString(FormatProvider));

    public override void WriteLine(double value) => writeLine(value.ToString(FormatProvider));

    public override void WriteLine(float value) => writeLine(value.ToString(FormatProvider));

    public override void WriteLine(int value) => writeLine(value.ToString(FormatProvider));

    public override void WriteLine(uint value) => writeLine(value.ToString(FormatProvider));

    public override void WriteLine(long value) => writeLine(value.ToString(FormatProvider));

    public override void WriteLine(ulong value) => writeLine(value.ToString(FormatProvider));

    public override void WriteLine(string format, object? arg0) => writeLine(string.Format(FormatProvider, format, arg0));

    public override void WriteLine(string format, object? arg0, object? arg1) =>
        writeLine(string.Format(FormatProvider, format, arg0, arg1));

    public override void WriteLine(string format, object? arg0, object? arg1, object? arg2) =>
        writeLine(string.Format(FormatProvider, format, arg0, arg1, arg2));

    public override void WriteLine(string format, params object?[] arg) =>
        writeLine(string.Format(FormatProvider, format, arg));

    public override void WriteLine(string format, params ReadOnlySpan<object?> arg) =>
        writeLine(string.Format(FormatProvider, format, arg));

    // The asynchronous forms of the base class run the above on another thread, out of order.
    public override Task WriteLineAsync() => Done(() => WriteLine());

    public override Task WriteLineAsync(char value) => Done(() => WriteLine(value));

    public override Task WriteLineAsync(string? value) => Done(() => WriteLine(value));

    public override Task WriteLineAsync(char[] buffer, int index, int count) => Done(() => WriteLine(buffer, index, count));

    public override Task WriteLineAsync(ReadOnlyMemory<char> buffer, CancellationToken cancellationToken = default) =>
        Done(() => WriteLine(buffer.Span));

    public override Task WriteLineAsync(StringBuilder? value, CancellationToken cancellationToken = default) =>
        Done(() => WriteLine(value));

    private static Task Done(Action write)
    {
        write();
        return Task.CompletedTask;
    }
}
