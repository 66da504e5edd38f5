namespace S3Lister.Local.RuntimeApi;

/// <summary>What the runtime posted: a response, or an error.</summary>
internal sealed record RuntimeResult(ReadOnlyMemory<byte> Payload, FunctionError? Error = null);
