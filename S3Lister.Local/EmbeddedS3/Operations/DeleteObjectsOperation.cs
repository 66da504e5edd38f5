using System.Text;
using S3Lister.Local.EmbeddedS3.Protocol;
using S3Lister.Local.EmbeddedS3.Storage;

namespace S3Lister.Local.EmbeddedS3.Operations;

/// <summary>DeleteObjects: up to a thousand keys in one request.</summary>
internal static class DeleteObjectsOperation
{
    public static async Task<S3Error?> DeleteAsync(S3Request request, IWritableObjectStore store)
    {
        var (root, error) = await RequestXml.ReadAsync(request.Context);
        if (root is null)
        {
            return error;
        }

        var keys = root.Children("Object").Select(element => element.ChildText("Key")).ToArray();
        if (root.Name.LocalName != "Delete"
            || keys.Length is 0 or > S3Limits.MaxKeysOfPage
            || keys.Any(string.IsNullOrEmpty))
        {
            return S3Error.MalformedXml;
        }

        var isQuiet = root.ChildText("Quiet") == "true";
        var body = new XmlBody("DeleteResult", isResult: true);
        foreach (var key in keys)
        {
            store.Delete(Encoding.UTF8.GetBytes(key!));
            if (!isQuiet)
            {
                body.Open("Deleted");
                body.Element("Key", key!);
                body.Close();
            }
        }

        await body.WriteAsync(request.Context);
        return null;
    }
}
