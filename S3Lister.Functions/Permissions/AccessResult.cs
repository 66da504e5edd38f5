using System.Net;
using S3Lister.Functions.Access;
using S3Lister.Functions.Gateway;
using S3Lister.Listing.Text;

namespace S3Lister.Functions.Permissions;

/// <summary>What one caller may list, and nothing about other callers.</summary>
internal sealed class AccessResult(Caller caller, AccessRules access, ServiceScope service) : HttpResult(HttpStatusCode.OK, MediaTypes.Json)
{
    protected override void WriteBody(Utf8Buffer body)
    {
        JsonWriter json = new(body);
        json.StartObject();
        json.String("principal"u8, caller.Name);
        json.String("bucket"u8, service.Bucket);
        json.String("region"u8, service.Region);
        json.Strings("prefixes"u8, PrefixSet.Intersect(access.PrefixesOf(caller), service.ListablePrefixes));
        json.StartObject("limits"u8);
        json.Number("scanBudget"u8, service.ScanBudget);
        json.Number("requestBudget"u8, service.RequestBudget);
        json.Number("maxKeys"u8, service.MaxKeys);
        json.EndObject();
        json.String("version"u8, service.Version);
        json.EndObject();
    }
}
