using S3Lister.Inventory.Runs;
using S3Lister.Local.EmbeddedS3.Synthetic;

namespace S3Lister.Inventory.Tests.Simulation;

/// <summary>Runs with faults. Each must end with every key once, and with nothing visible that the manifest does not name.</summary>
public sealed class FaultTests
{
    private const long Keys = 10_000;

    /// <summary>The number of requests of a kind to be killed at, each before or after it takes effect.</summary>
    private const int MaxKilled = 4;

    [Theory]
    [InlineData("flat", 1)]
    [InlineData("giant", 2)]
    [InlineData("skewed", 3)]
    [InlineData("users", 4)]
    [InlineData("non-ascii", 5)]
    public async Task Run_Lists_Each_Key_Once_When_Half_Of_The_Invocations_Fail(string shape, int seed)
    {
        var number = (ulong)seed << 32;
        Scene scene = new(shape)
        {
            Choose = _ => (Hash.Of(number++) & 7) switch { 0 => Fate.LosesResponse, 1 or 2 => Fate.RunsTwice, 3 => Fate.BecomesZombie, _ => Fate.Succeeds },
        };

        await scene.RunAndCheckAsync();
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("PUT items-000.json")]
    [InlineData("PUT items-001.json")]
    [InlineData("PUT rounds")]
    [InlineData("PUT progress.json")]
    [InlineData("CREATE")]
    [InlineData("PART")]
    [InlineData("PUT commits")]
    [InlineData("COMPLETE")]
    [InlineData("PUT summary.json")]
    [InlineData("PUT manifest.checksum")]
    [InlineData("PUT hive")]
    [InlineData("PUT manifest.json")]
    public async Task Run_Lists_Each_Key_Once_When_A_Process_Is_Killed_Before_Or_After_A_Request(string request)
    {
        var count = 1;
        for (var killed = 1; killed <= Math.Min(count, MaxKilled); killed++)
        {
            count = 0;
            Scene scene = new("foldered");
            scene.Destination.Fault = (name, _) => name == request && ++count == killed ? throw new KilledException() : Task.CompletedTask;

            await scene.RunAndCheckAsync();

            Assert.InRange(count, 1, int.MaxValue);
        }
    }

    [Fact]
    public async Task Run_Lists_Each_Key_Once_During_Storms_Of_Throttling()
    {
        Scene scene = new("uuid") { Bucket = static bucket => new(bucket.Time, bucket.Keys) { IsStorm = static now => now.TotalSeconds % 20 > 14 } };

        await scene.RunAndCheckAsync();
    }

    [Fact]
    public async Task Run_Lists_Each_Key_Once_When_A_Partition_Is_Slow()
    {
        Scene scene = new("timestamps") { Bucket = static bucket => new(bucket.Time, bucket.Keys, partitions: 4) { SlowFactor = 8 } };

        await scene.RunAndCheckAsync();
    }

    [Fact]
    public async Task Run_Succeeds_When_S3_Reports_Missing_Records_As_403()
    {
        Scene scene = new("flat");
        scene.Destination.HidesMissing = true;

        await scene.RunAndCheckAsync();
    }

    [Fact]
    public Task Run_Lists_Each_Key_Once_When_Zombies_Commit_Rounds_Later() => LateCommits(ignoresConditions: false).RunAndCheckAsync();

    [Fact]
    public async Task Keys_Are_Counted_Twice_Or_The_Run_Fails_When_Conditions_Of_Writes_Are_Ignored()
    {
        // Shows that the test above depends on the condition: a late record would change what a plan was made of.
        var scene = LateCommits(ignoresConditions: true);

        await Assert.ThrowsAnyAsync<Exception>(scene.RunAndCheckAsync);
    }

    [Fact]
    public async Task Summary_Has_The_Sums_Of_The_Inventory_Without_Files()
    {
        Scene scene = new("giant") { Input = new() { Format = InventoryInput.None } };

        await scene.RunAndCheckAsync();

        Assert.DoesNotContain(scene.Destination.Objects.Keys, static key => key.EndsWith(".parquet", StringComparison.Ordinal) || key.Contains("manifest", StringComparison.Ordinal));
    }

    /// <summary>Half of the exports are reported as failed and continue, and half of all commits take half a minute.</summary>
    private static Scene LateCommits(bool ignoresConditions)
    {
        var number = 0UL;
        Scene scene = new("flat", ignoresConditions)
        {
            Choose = function => function == "Export" && (Hash.Of(number++) & 1) == 0 ? Fate.BecomesZombie : Fate.Succeeds,
        };
        var commits = 0UL;
        scene.Destination.Fault = (name, isDone) =>
            name == "PUT commits" && !isDone && (Hash.Of(commits++) & 1) == 0 ? scene.Time.Delay(TimeSpan.FromSeconds(30)) : Task.CompletedTask;
        return scene;
    }

    /// <summary>A bucket, a run over it, and what must hold after it.</summary>
    private sealed class Scene
    {
        private readonly BucketKeys _keys;

        public Scene(string shape, bool ignoresConditions = false)
        {
            _keys = BucketKeys.Of(KeyShapes.Create(shape, Keys));
            Destination = new(Time) { IgnoresConditions = ignoresConditions };
        }

        public VirtualTime Time { get; } = new();

        public Destination Destination { get; }

        public Func<string, Fate> Choose { get; init; } = static _ => Fate.Succeeds;

        public Func<SimulatedBucket, SimulatedBucket> Bucket { get; init; } = static bucket => bucket;

        public InventoryInput Input { get; init; } = new();

        public async Task RunAndCheckAsync()
        {
            SimulatedRun run = new(Bucket(new(Time, _keys)), Destination) { Choose = Choose, PageSize = 5, Input = Input };

            var figures = run.Run();

            Assert.Equal(_keys.Count, figures.Result.Objects);
            if (Input.Format == InventoryInput.Parquet)
            {
                await InventoryFiles.CheckAsync(Destination, _keys);
            }
        }
    }
}
