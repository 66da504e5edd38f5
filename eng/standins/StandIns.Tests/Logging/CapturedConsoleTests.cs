using System.Text;
using Amazon.Lambda.RuntimeSupport;

namespace StandIns.Tests.Logging;

public sealed class CapturedConsoleTests : IDisposable
{
    private readonly StringWriter _inner = new() { NewLine = "\n" };
    private readonly List<string> _lines = [];

    [Fact]
    public void Every_Way_To_Write_A_Line_Is_Captured()
    {
        using var console = new CapturedConsole(_inner, _lines.Add);

        console.WriteLine();
        console.WriteLine("text");
        char[] characters = ['c', 'h'];
        console.WriteLine(characters);
        console.WriteLine(['a', 'b', 'c'], 1, 1);
        console.WriteLine("span".AsSpan());
        console.WriteLine(new StringBuilder("built"));
        console.WriteLine((object?)null);
        console.WriteLine(true);
        console.WriteLine('c');
        console.WriteLine(1);
        console.WriteLine(2u);
        console.WriteLine(3L);
        console.WriteLine(4UL);
        console.WriteLine(5.5f);
        console.WriteLine(6.5);
        console.WriteLine(7.5m);
        console.WriteLine("{0}", 1);
        console.WriteLine("{0}{1}", 1, 2);
        console.WriteLine("{0}{1}{2}", 1, 2, 3);
        console.WriteLine("{0}{1}{2}{3}", 1, 2, 3, 4);
        var later = console.WriteLineAsync("later".AsMemory(), TestContext.Current.CancellationToken);

        Assert.True(later.IsCompletedSuccessfully);

        Assert.Equal(
            ["", "text", "ch", "b", "span", "built", "", "True", "c", "1", "2", "3", "4", "5.5", "6.5", "7.5", "1", "12", "123", "1234", "later"],
            _lines);
        Assert.Empty(_inner.ToString());
    }

    public void Dispose() => _inner.Dispose();

    [Fact]
    public void No_Way_To_Write_A_Line_Is_Forgotten()
    {
        var missing = typeof(TextWriter).GetMethods()
            .Where(method => method is { IsVirtual: true } && method.Name.StartsWith("WriteLine", StringComparison.Ordinal))
            .Where(method => typeof(CapturedConsole).GetMethod(method.Name, [.. method.GetParameters().Select(parameter => parameter.ParameterType)])!
                .DeclaringType != typeof(CapturedConsole));

        Assert.Empty(missing.Select(method => method.ToString()));
    }

    [Fact]
    public void Text_Without_A_Line_End_Passes()
    {
        using var console = new CapturedConsole(_inner, _lines.Add);

        console.Write("a");
        console.Write(1);
        console.Write("{0}", 'b');

        Assert.Equal("a1b", _inner.ToString());
        Assert.Empty(_lines);
    }
}
