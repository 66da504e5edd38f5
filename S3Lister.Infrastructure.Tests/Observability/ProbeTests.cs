using System.Text.Json.Nodes;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Observability;

/// <summary>Runs the function of probe.template against an API that responds with the status in the path.</summary>
public sealed class ProbeTests
{
    private const string Harness = """
        import http.server, json, os, sys, threading, types

        class Api(http.server.BaseHTTPRequestHandler):
            seen = []

            def do_GET(self):
                self.seen.append([self.path, self.headers.get("Authorization")])
                if self.path == "/gone":
                    self.connection.close()
                    return
                self.send_response(int(self.path.split("=")[1]))
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        class Request(types.SimpleNamespace):
            def __init__(self, method, url):
                super().__init__(method=method, url=url, headers={})

        class Signer:
            def __init__(self, credentials, service, region):
                self.words = f"{credentials} {service} {region}"

            def add_auth(self, request):
                request.headers["Authorization"] = self.words

        credentials = types.SimpleNamespace(get_frozen_credentials=lambda: "frozen")
        sys.modules["boto3"] = types.SimpleNamespace(Session=lambda: types.SimpleNamespace(get_credentials=lambda: credentials, region_name="eu-central-1"))
        sys.modules["botocore"] = types.SimpleNamespace()
        sys.modules["botocore.auth"] = types.SimpleNamespace(SigV4Auth=Signer)
        sys.modules["botocore.awsrequest"] = types.SimpleNamespace(AWSRequest=Request)
        source = json.load(sys.stdin)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Api)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        os.environ.update(API_URL=f"http://127.0.0.1:{server.server_port}", PATHS=source["paths"], no_proxy="127.0.0.1")
        scope, failure = {}, None
        exec(source["code"], scope)
        try:
            scope["handler"]({}, None)
        except RuntimeError as raised:
            failure = str(raised)
        print(json.dumps({"seen": Api.seen, "failure": failure}))
        """;

    [Theory]
    [InlineData("/health?status=200,/objects?status=200", null)]
    [InlineData("/health?status=503", null)]
    [InlineData("/health?status=200,/objects?status=403", "/objects: 403")]
    [InlineData("/health?status=500,/objects?status=429", "/health: 500; /objects: 429")]
    [InlineData("/objects?status=404", "/objects: 404")]
    public async Task Probe_Fails_For_Any_Status_But_200_And_503(string paths, string? failure)
    {
        var (lines, output) = await RunAsync(paths);

        Assert.Equal(failure, (string?)output["failure"]);
        Assert.Equal(paths.Split(','), output["seen"].Items().Select(call => (string)call[0]!));
        Assert.All(output["seen"].Items(), call => Assert.Equal("frozen execute-api eu-central-1", (string?)call[1]));
        Assert.Equal(paths.Split(',').Select(path => path.Split('?')[0]), lines.Select(line => (string)line["path"]!));
        Assert.Equal(paths.Split(',').Select(path => int.Parse(path.Split('=')[1], null)), lines.Select(line => (int)line["status"]!));
    }

    [Fact]
    public async Task Probe_Fails_Without_A_Response()
    {
        var (_, output) = await RunAsync("/gone");

        Assert.StartsWith("/gone: ", (string?)output["failure"], StringComparison.Ordinal);
    }

    private static async Task<(JsonNode[] Lines, JsonNode Output)> RunAsync(string paths)
    {
        var probe = TemplateSet.Current.Rendered("AWS::Lambda::Function").Single(function => function.Id == "Probe");
        JsonObject input = new() { ["code"] = (string)probe["Code"]!["ZipFile"]!, ["paths"] = paths };
        var python = await ExternalProgram.Python.RunAsync(
            ["-c", Harness], new Dictionary<string, string>(), TestContext.Current.CancellationToken, input.ToJsonString());
        Assert.True(python.ExitCode == 0, python.Error);
        var lines = python.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToArray();
        return (lines[..^1], lines[^1]);
    }
}
