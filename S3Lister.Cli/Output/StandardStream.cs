using System.Text;

namespace S3Lister.Cli.Output;

/// <summary>Standard output and standard error as UTF-8.</summary>
internal static class StandardStream
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Standard error, which is written at once.</summary>
    public static TextWriter Error { get; } = new StreamWriter(Open(2), Utf8, bufferSize: 256) { NewLine = "\n", AutoFlush = true };

    /// <param name="bufferSize">In characters.</param>
    public static TextWriter Output(int bufferSize) => new StreamWriter(Open(1), Utf8, bufferSize) { NewLine = "\n" };

    private static Stream Open(int number) =>
        !OperatingSystem.IsWindows() ? new DescriptorStream(number)
        : number == 1 ? Console.OpenStandardOutput()
        : Console.OpenStandardError();
}
