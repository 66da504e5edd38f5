namespace Amazon.Lambda.Core;

/// <summary>Client data that the AWS Mobile SDK sends along.</summary>
public interface IClientContext
{
    IDictionary<string, string> Environment { get; }

    IClientApplication Client { get; }

    IDictionary<string, string> Custom { get; }
}
