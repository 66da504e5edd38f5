#nullable disable // As the official assembly.
namespace Amazon.Lambda.RuntimeSupport.Bootstrap;

/// <summary>For tests: where the Runtime API is, instead of AWS_LAMBDA_RUNTIME_API.</summary>
public class LambdaBootstrapOptions
{
    /// <summary><c>host:port</c></summary>
    public string RuntimeApiEndpoint { get; set; }
}
