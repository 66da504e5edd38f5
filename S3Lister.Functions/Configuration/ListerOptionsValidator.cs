using Microsoft.Extensions.Options;

namespace S3Lister.Functions.Configuration;

/// <summary>Names the variable and the rule for each setting that is wrong, all of them at once.</summary>
internal sealed class ListerOptionsValidator : IValidateOptions<ListerOptions>
{
    public ValidateOptionsResult Validate(string? name, ListerOptions options)
    {
        List<string> failures = [];

        if (BucketName.Refuse(options.Bucket) is { } reason)
        {
            failures.Add($"{ListerEnvironment.Bucket} {reason}.");
        }

        if (options.ExpectedBucketOwner is { } owner && (owner.Length != 12 || owner.AsSpan().ContainsAnyExceptInRange('0', '9')))
        {
            failures.Add($"{ListerEnvironment.ExpectedBucketOwner} must be an account id of 12 digits.");
        }

        if (options.Endpoint is { } endpoint && !IsOrigin(endpoint))
        {
            failures.Add($"{ListerEnvironment.Endpoint} must be an http or https URL without user, path or query.");
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static bool IsOrigin(Uri uri) =>
        (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
        && uri is { UserInfo: "", PathAndQuery: "/", Fragment: "" };
}
