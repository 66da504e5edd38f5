using S3Lister.Inventory.Runs;

namespace S3Lister.Inventory.Planning;

/// <summary>Validates the name and the input of a run before it costs anything.</summary>
internal static class JobValidator
{
    private const int MaxDepth = 8;
    private const int MaxModifiedEdges = 7;

    /// <exception cref="ArgumentException">The message has the field and its rule.</exception>
    public static void Validate(InventoryJob job)
    {
        var input = job.Input;
        Require(
            job.Run.Length is >= 1 and <= 80 && job.Run.All(static letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'),
            "run must be the execution's name: 1 to 80 letters, digits, hyphens and underscores.");
        Require(input.Format is InventoryInput.Parquet or InventoryInput.None, "format must be parquet or none.");
        Require(input.Depth is >= 0 and <= MaxDepth, $"depth must be a whole number from 0 to {MaxDepth}.");
        Require(
            input.ModifiedEdges.Length <= MaxModifiedEdges && input.ModifiedEdges.Zip(input.ModifiedEdges.Skip(1)).All(static pair => pair.First < pair.Second),
            $"modifiedEdges must be at most {MaxModifiedEdges} times in ascending order.");
    }

    private static void Require(bool isValid, string rule)
    {
        if (!isValid)
        {
            throw new ArgumentException(rule);
        }
    }
}
