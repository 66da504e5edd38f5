namespace Amazon.Lambda.Core;

/// <summary>The Amazon Cognito identity behind a call.</summary>
public interface ICognitoIdentity
{
    string IdentityId { get; }

    string IdentityPoolId { get; }
}
