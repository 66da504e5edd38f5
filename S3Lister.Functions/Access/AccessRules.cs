namespace S3Lister.Functions.Access;

/// <summary>Decides which caller may list which prefix. Checked for each request from the request alone, whatever its token says.</summary>
internal sealed class AccessRules(IReadOnlyList<Grant> grants)
{
    /// <param name="caller">The caller that API Gateway authorized.</param>
    /// <param name="prefix">The requested prefix.</param>
    /// <exception cref="PrefixNotAllowedException">No grant allows it.</exception>
    public void Require(Caller caller, string prefix)
    {
        if (!grants.Any(grant => grant.Covers(prefix) && grant.IsFor(caller)))
        {
            throw new PrefixNotAllowedException();
        }
    }

    /// <summary>The prefixes of all grants that select the caller, in the order of the grants, with duplicates.</summary>
    public IEnumerable<string> PrefixesOf(Caller caller) => grants.Where(grant => grant.IsFor(caller)).SelectMany(grant => grant.Prefixes);
}

/// <summary>No grant allows the caller to list the prefix. The message does not reveal the allowed prefixes.</summary>
internal sealed class PrefixNotAllowedException()
    : Exception("No grant allows the caller to list this prefix. Request one, or list a prefix that you may list.");
