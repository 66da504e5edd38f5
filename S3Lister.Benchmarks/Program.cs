using System.CommandLine;
using S3Lister.Benchmarks;
using S3Lister.Benchmarks.Commands;
using S3Lister.Benchmarks.Processes;
using S3Lister.Local;

if (args is [AllocationCounter.Command, var assembly])
{
    AllocationCounter.Run(assembly);
    return 0;
}

Option<bool> smoke = new("--smoke") { Description = "Runs each thing once, in seconds: does it still work?" };
RootCommand root = new("Measures S3Lister: its parts, its processes, and others beside it.")
{
    smoke,
    new ProcessCommand().Command(),
    new PrefixesCommand().Command(),
    MicroCommand.Command(),
    new LoadS3().Command(),
};
root.SetAction(async (parsed, _) =>
{
    if (!parsed.GetValue(smoke))
    {
        await Console.Error.WriteLineAsync("Name a command, or --smoke; --help has them.");
        return 1;
    }

    await ProcessCommand.SmokeAsync();
    return await PrefixesCommand.SmokeAsync(BuildOutput.Function) + MicroCommand.Smoke();
});

try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (BenchmarkException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 1;
}
