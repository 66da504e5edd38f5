namespace S3Lister.Local.SigV4;

internal sealed record SignatureVerifierOptions
{
    /// <summary>The service in the credential scope, <c>execute-api</c> or <c>s3</c>; <c>s3</c> has its own rules.</summary>
    public required string Service { get; init; }

    /// <summary>The region in the credential scope.</summary>
    public required string Region { get; init; }

    /// <summary>The identities that may sign.</summary>
    public required IReadOnlyList<Identity> Identities { get; init; }

    /// <summary>How far the clocks may be apart. Default: 5 minutes, as everywhere but in S3 (15 minutes).</summary>
    public TimeSpan MaxClockSkew { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The verifier's clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
