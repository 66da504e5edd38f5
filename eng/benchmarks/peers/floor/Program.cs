using System.Text.Json;
using S3Lister.Peers.Floor;

var bucket = Variable("S3LISTER_BUCKET");
var list = $"{Variable("S3LISTER_ENDPOINT")}/{bucket}?list-type=2&encoding-type=url&";
var runtime = $"http://{Variable("AWS_LAMBDA_RUNTIME_API")}/2018-06-01/runtime/invocation/";

#pragma warning disable CA2000 // The invoker disposes of its handler.
using HttpMessageInvoker http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, ActivityHeadersPropagator = null });
#pragma warning restore CA2000
while (true)
{
    var (head, payload) = await SendAsync(HttpMethod.Get, runtime + "next", null);
    var id = head.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").First();
    var (_, xml) = await SendAsync(HttpMethod.Get, list + Query(payload), null);
    await SendAsync(HttpMethod.Post, $"{runtime}{id}/response", Page.Envelope(bucket, xml));
}

static string Variable(string name) => Environment.GetEnvironmentVariable(name)!;

static string Query(byte[] payload)
{
    Utf8JsonReader json = new(payload);
    while (json.Read())
    {
        if (json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("rawQueryString"u8))
        {
            json.Read();
            return json.GetString()!;
        }
    }

    return "";
}

async Task<(HttpResponseMessage Head, byte[] Body)> SendAsync(HttpMethod method, string url, ReadOnlyMemory<byte>? body)
{
    using HttpRequestMessage request = new(method, url);
    if (body is { } content)
    {
        request.Content = new ReadOnlyMemoryContent(content);
    }

    var response = await http.SendAsync(request, CancellationToken.None);
    return (response, await response.Content.ReadAsByteArrayAsync());
}
