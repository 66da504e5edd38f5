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

Option<bool> smoke = new("--smoke") { Description = "Runs everything once, in a few seconds, to check that it still works." };
RootCommand root = new("Measures S3Lister: its components, its processes, and other programs for comparison.")
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
        await Console.Error.WriteLineAsync("Specify a command or --smoke. --help lists the commands.");
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
