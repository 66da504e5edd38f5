using System.Globalization;
using System.Text;
using S3Lister.Local.Gateway;
using S3Lister.Local.RuntimeApi;
using S3Lister.Local.SigV4;

namespace S3Lister.Local;

/// <summary>One line for each request, one for each line that a function logs.</summary>
internal sealed class ConsoleObserver(TextWriter output) : IFunctionObserver
{
    private readonly TextWriter _output = TextWriter.Synchronized(output);

    public void OnOutput(string functionName, int processId, string line)
    {
        if (JsonLogLine.Shorten(line) is { } text)
        {
            _output.WriteLine($"  {functionName} | {Printable(text)}");
        }
    }

    public void OnInit(InitReport report)
    {
        if (report.Error is { } error)
        {
            _output.WriteLine($"  {report.FunctionName} | does not start: {Printable($"{error.Type}: {error.Message}")}");
        }
    }

    public void OnInvocation(InvocationReport report)
    {
        if (report.InitDuration is { } init)
        {
            _output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {report.FunctionName} | cold start {init.TotalMilliseconds:F0} ms, process {report.ProcessId}"));
        }
    }

    public void OnRequest(AccessLogEntry entry)
    {
        var error = entry.Error is null ? "" : $"  {Printable(entry.Error)}";
        var target = Printable(PresignedQuery.HideSecrets(entry.Target));
        string[] lines =
        [
            string.Create(
                CultureInfo.InvariantCulture,
                $"{entry.Status} {entry.Method} {target}  {entry.Latency.TotalMilliseconds:F0} ms{error}"),
            .. entry.Explanation.Select(line => $"  signature | {Printable(line)}"),
        ];

        // One call, so that lines of other requests do not come between.
        _output.WriteLine(string.Join(_output.NewLine, lines));
    }

    public void OnReport(string line) => _output.WriteLine(Printable(line));

    // Text from outside must not move the cursor or colour the terminal.
    private static string Printable(string text)
    {
        var printable = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsControl(c) && c != '\t')
            {
                printable.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:X2}");
            }
            else
            {
                printable.Append(c);
            }
        }

        return printable.ToString();
    }
}
