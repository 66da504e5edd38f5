using System.Net;
using System.Text;

namespace S3Lister.Client.Tests;

/// <summary>Replies to each request with the next response or failure, and records the requests.</summary>
internal sealed class ScriptedApi(params Func<HttpResponseMessage>[] replies) : HttpMessageHandler
{
    private readonly Queue<Func<HttpResponseMessage>> _replies = new(replies);

    public List<HttpRequestMessage> Requests { get; } = [];

    public static Func<HttpResponseMessage> Json(HttpStatusCode status, string body, params (string Name, string Value)[] headers) => () =>
    {
        HttpResponseMessage response = new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
        {
            response.Headers.Add(name, value);
        }

        return response;
    };

    public static Func<HttpResponseMessage> Broken(HttpRequestError error) => () => throw new HttpRequestException(error);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests.Add(request);
        return Task.FromResult(_replies.Dequeue()());
    }
}
