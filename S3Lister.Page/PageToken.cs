using System.Security.Cryptography;
using System.Text;

namespace S3Lister.Page;

/// <summary>A secret of 128 bits that the page sends with each request: other programs and pages of the machine don't have it.</summary>
internal sealed class PageToken
{
    private const string Scheme = "Bearer ";

    private readonly byte[] _bytes;

    public PageToken() => _bytes = Encoding.ASCII.GetBytes(Text);

    /// <summary>Its 32 hexadecimal digits.</summary>
    public string Text { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <param name="authorization">The header, <c>Bearer</c> and the token. It is compared in constant time.</param>
    public bool IsIn(string? authorization) =>
        authorization is not null && authorization.StartsWith(Scheme, StringComparison.Ordinal)
        && CryptographicOperations.FixedTimeEquals(_bytes, Encoding.UTF8.GetBytes(authorization[Scheme.Length..]));
}
