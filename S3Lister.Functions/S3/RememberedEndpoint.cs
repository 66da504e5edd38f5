using Amazon.Runtime.Endpoints;

namespace S3Lister.Functions.S3;

/// <summary>Asks the SDK's endpoint rules once, as long as it is asked with the same parameters: those of one bucket.</summary>
internal sealed class RememberedEndpoint(IEndpointProvider rules) : IEndpointProvider
{
    /// <summary>One reference, so that requests at once see a whole answer or none.</summary>
    private Answer? _last;

    public Endpoint ResolveEndpoint(EndpointParameters parameters)
    {
        var last = _last;
        if (last?.Parameters != parameters)
        {
            _last = last = new(parameters, rules.ResolveEndpoint(parameters));
        }

        return last.Endpoint;
    }

    private sealed record Answer(EndpointParameters Parameters, Endpoint Endpoint);
}
