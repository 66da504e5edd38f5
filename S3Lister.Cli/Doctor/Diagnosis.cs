namespace S3Lister.Cli.Doctor;

/// <summary>What one check found.</summary>
/// <param name="Check">What was checked.</param>
/// <param name="Finding">What was found.</param>
/// <param name="NextStep">What to do; null if the check passed.</param>
/// <param name="ExitCode">The exit code of the command if the check failed.</param>
internal sealed record Diagnosis(string Check, string Finding, string? NextStep = null, int ExitCode = ExitCode.Success);
