using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using S3Lister.Inventory.Exporting;
using S3Lister.Inventory.Finishing;
using S3Lister.Inventory.Planning;
using S3Lister.Inventory.Runs;

namespace S3Lister.Inventory;

/// <summary>The steps of the inventory job, which a state machine of Step Functions invokes.</summary>
internal sealed class InventoryFunctions(Planner planner, Exporter exporter, Finisher finisher, TimeProvider time)
{
    /// <summary>For the last request before the timeout.</summary>
    private static readonly TimeSpan Buffer = TimeSpan.FromSeconds(5);

    /// <summary>Ends the round before, and plans the round of the job.</summary>
    [LambdaFunction(ResourceName = "InventoryPlan", MemorySize = 512, Timeout = 120, Role = "@InventoryPlanRole")]
    public async Task<RoundPlan> Plan(InventoryJob job, ILambdaContext context)
    {
        using var deadline = Deadline(context);
        return await planner.PlanAsync(job, deadline.Token);
    }

    /// <summary>Lists the ranges of an item, as far as its time allows.</summary>
    [LambdaFunction(ResourceName = "InventoryExport", MemorySize = 1769, Timeout = 180, Role = "@InventoryExportRole")]
    public async Task<ExportResult> Export(ExportEvent item, ILambdaContext context) =>
        new((await exporter.ExportAsync(item, context.RemainingTime - Buffer)).Keys);

    /// <summary>Makes the files of a run visible. The round of the job is that of the last plan.</summary>
    [LambdaFunction(ResourceName = "InventoryFinish", MemorySize = 512, Timeout = 300, Role = "@InventoryFinishRole")]
    public async Task<InventoryResult> Finish(InventoryJob job, ILambdaContext context)
    {
        using var deadline = Deadline(context);
        return await finisher.FinishAsync(job, deadline.Token);
    }

    private CancellationTokenSource Deadline(ILambdaContext context) => new(context.RemainingTime - Buffer, time);
}
