using System.Text.Json;
using Amazon.Lambda.Core;

namespace Amazon.Lambda.RuntimeSupport;

/// <summary>The Lambda-Runtime-Cognito-Identity header; both members are null where it is missing.</summary>
internal sealed record CognitoIdentity(string? IdentityId, string? IdentityPoolId) : ICognitoIdentity
{
    public static CognitoIdentity Parse(string? json)
    {
        if (string.IsNullOrWhiteSpace(json))
        {
            return new CognitoIdentity(null, null);
        }

        using var document = JsonDocument.Parse(json);
        return new CognitoIdentity(Text("cognitoIdentityId"), Text("cognitoIdentityPoolId"));

        string? Text(string name) => document.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
    }
}
