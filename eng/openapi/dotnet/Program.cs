using S3Lister.OpenApi;

using var api = new SignedApi();
IListingClient client = args switch
{
    ["kiota"] => new KiotaClient(api),
    ["nswag"] => new NSwagClient(api),
    _ => throw new ArgumentException("The generator: kiota or nswag."),
};
await Scenario.RunAsync(client, api);
