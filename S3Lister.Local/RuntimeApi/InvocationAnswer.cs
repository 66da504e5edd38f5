namespace S3Lister.Local.RuntimeApi;

/// <summary>What the runtime posted: a response, or an error.</summary>
internal sealed record InvocationAnswer(ReadOnlyMemory<byte> Payload, FunctionError? Error = null);
