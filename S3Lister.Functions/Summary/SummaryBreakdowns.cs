using S3Lister.Functions.Gateway;
using S3Lister.Listing.S3;
using S3Lister.Listing.Tallies;
using S3Lister.Listing.Text;

namespace S3Lister.Functions.Summary;

/// <summary>The cube and the endings of a summary as JSON. What the query does not request is not written.</summary>
internal sealed class SummaryBreakdowns : IDisposable
{
    /// <summary>The number of endings of a response.</summary>
    private const int MaxEndings = 1000;

    /// <summary>More than the cube has with any store's storage classes, in bytes of the envelope.</summary>
    private const int MaxCubeLength = HttpResult.LargestResponse / 8;

    private readonly Tally _tally;
    private readonly SummaryQuery _query;
    private readonly Utf8Buffer _cube = new();
    private readonly Utf8Buffer _endings = new();
    private readonly Sums _otherEndings;

    /// <exception cref="UpstreamException">S3's responses have too many or too long storage classes.</exception>
    public SummaryBreakdowns(SummaryQuery query, Tally tally)
    {
        (_query, _tally) = (query, tally);
        if (tally.Cube is { } cube)
        {
            JsonWriter json = new(_cube);
            CubeJson.WriteCells(ref json, cube, tally.StorageClasses);
        }

        _otherEndings = WriteEndings();
        if (JsonText.EscapedLength(_cube.Written) > MaxCubeLength)
        {
            Dispose();
            throw new UpstreamException(UpstreamCause.InvalidAnswer, "S3's responses have too many or too long storage classes.");
        }
    }

    /// <summary>The length in the envelope, in bytes.</summary>
    public int Length => JsonText.EscapedLength(_cube.Written) + JsonText.EscapedLength(_endings.Written);

    public void WriteTo(ref JsonWriter json)
    {
        if (_tally.Tree is not null || _tally.Cube is not null)
        {
            CubeJson.WriteEdges(ref json, _query.ModifiedEdges);
        }

        if (_tally.Cube is not null)
        {
            json.Array("cube"u8, _cube.Written);
        }

        if (_tally.Endings is not null)
        {
            json.Array("endings"u8, _endings.Written);
            json.Sums("otherEndings"u8, _otherEndings);
        }
    }

    public void Dispose()
    {
        _cube.Dispose();
        _endings.Dispose();
    }

    /// <returns>The sums of the endings that are not written.</returns>
    private Sums WriteEndings()
    {
        var others = _tally.Endings?.Others ?? default;
        JsonWriter json = new(_endings);
        var written = 0;
        foreach (var (ending, sums) in _tally.Endings?.All ?? [])
        {
            if (written++ < MaxEndings)
            {
                json.NamedSums("ending"u8, ending, sums);
            }
            else
            {
                others.Add(sums);
            }
        }

        return others;
    }
}
