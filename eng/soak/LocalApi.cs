using System.Diagnostics;
using System.Globalization;

namespace S3Lister.Soak;

/// <summary><c>S3Lister.Local</c> as a process, which starts the processes of the functions.</summary>
internal sealed class LocalApi : IDisposable
{
    private readonly Process _process;

    private LocalApi(Process process) => _process = process;

    public string Url { get; private set; } = "";

    /// <summary>Starts it, and reads its output until it is ready. Later output is discarded.</summary>
    public static async Task<LocalApi> StartAsync(string function, int instances, Uri s3)
    {
        ProcessStartInfo start = new("dotnet",
        [
            Path.Combine(AppContext.BaseDirectory, "S3Lister.Local.dll"), "--port", "0", "--function", function,
            "--max-instances", instances.ToString(CultureInfo.InvariantCulture),
            "--bucket", "a-million-keys", "--endpoint", s3.GetLeftPart(UriPartial.Authority),
        ])
        {
            RedirectStandardOutput = true,
        };
        start.Environment["AWS_ACCESS_KEY_ID"] = "AKIAIOSFODNN7EXAMPLE";
        start.Environment["AWS_SECRET_ACCESS_KEY"] = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
        LocalApi api = new(Process.Start(start)!);
        while (api.Url.Length == 0)
        {
            var line = await api._process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("S3Lister.Local has ended.");
            if (line.StartsWith("  API ", StringComparison.Ordinal))
            {
                api.Url = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
            }
        }

        _ = api._process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        return api;
    }

    public Memory Sample()
    {
        Dictionary<int, int> functions = [];
        foreach (var thread in Directory.GetDirectories($"/proc/{_process.Id}/task"))
        {
            foreach (var child in File.ReadAllText($"{thread}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var id = int.Parse(child, CultureInfo.InvariantCulture);
                functions[id] = ResidentKilobytes(id);
            }
        }

        return new(ResidentKilobytes(_process.Id), functions);
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static int ResidentKilobytes(int processId)
    {
        const string Name = "VmRSS:";
        var line = Array.Find(File.ReadAllLines($"/proc/{processId}/status"), line => line.StartsWith(Name, StringComparison.Ordinal));
        return line is null ? 0 : int.Parse(line.AsSpan(Name.Length, line.Length - Name.Length - " kB".Length), CultureInfo.InvariantCulture);
    }
}

/// <summary>Resident memory in kilobytes of the gateway and of each process of the functions.</summary>
internal sealed record Memory(int Gateway, IReadOnlyDictionary<int, int> Functions);
