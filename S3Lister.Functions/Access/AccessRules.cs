namespace S3Lister.Functions.Access;

/// <summary>Which caller may list which prefix. Asked for each page, from the request itself.</summary>
internal sealed class AccessRules(IReadOnlyList<Grant> grants)
{
    /// <param name="caller">Whom API Gateway let through.</param>
    /// <param name="prefix">The prefix of the listing asked for.</param>
    /// <exception cref="PrefixNotAllowedException">No grant covers it.</exception>
    public void Require(Caller caller, string prefix)
    {
        if (!grants.Any(grant => grant.Covers(prefix) && grant.IsFor(caller)))
        {
            throw new PrefixNotAllowedException();
        }
    }
}

/// <summary>The caller's grants do not cover the prefix. The message tells nobody what would be covered.</summary>
internal sealed class PrefixNotAllowedException()
    : Exception("No grant of this service lets the caller list this prefix. Ask for one, or list a prefix that you may.");
