using System.Text.Json.Nodes;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Observability;

/// <summary>Runs the function of opensearch.template with a Firehose that first accepts only every other record.</summary>
public sealed class SplitterTests
{
    private const string Harness = """
        import base64, gzip, json, sys, types

        taken, calls = [], []

        class Firehose:
            def put_record_batch(self, DeliveryStreamName, Records):
                calls.append(len(Records))
                refused = [len(calls) == 1 and index % 2 == 1 for index in range(len(Records))]
                taken.extend(json.loads(record["Data"]) for record, no in zip(Records, refused) if not no)
                return {"FailedPutCount": sum(refused), "RequestResponses": [{"ErrorCode": "ServiceUnavailable"} if no else {"RecordId": "1"} for no in refused]}

        sys.modules["boto3"] = types.SimpleNamespace(client=lambda name: Firehose())
        source = json.load(sys.stdin)
        scope = {}
        exec(source["code"], scope)
        pack = lambda data: {"awslogs": {"data": base64.b64encode(gzip.compress(json.dumps(data).encode())).decode()}}
        scope["handler"](pack({"messageType": "CONTROL_MESSAGE", "logEvents": [{"message": "CWL CONTROL", "timestamp": 1}], "logGroup": "g"}), None)
        events = [{"message": source["line"], "timestamp": 7}, {"message": "no json", "timestamp": 8}, {"message": "[1]", "timestamp": 9}] * 200
        scope["handler"](pack({"messageType": "DATA_MESSAGE", "logEvents": events, "logGroup": "/s3lister/s/ListObjects"}), None)
        print(json.dumps({"taken": taken, "calls": calls}))
        """;

    [Fact]
    public async Task Each_Event_Becomes_A_Document_When_Firehose_Is_Busy()
    {
        var splitter = TemplateSet.Current.Rendered("AWS::Lambda::Function").Single(function => function.Id == "Splitter");
        JsonObject input = new() { ["code"] = (string)splitter["Code"]!["ZipFile"]!, ["line"] = """{"route":"GET /objects","status":200}""" };

        var output = JsonNode.Parse(await RunAsync(input.ToJsonString()))!;

        Assert.Equal([500, 250, 100], output["calls"].Items().Select(count => (int)count!));
        var documents = output["taken"].Items().ToArray();
        Assert.Equal(600, documents.Length);
        Assert.All(documents, document => Assert.Equal("/s3lister/s/ListObjects", (string?)document["logGroup"]));
        Assert.Equal(200, documents.Count(document => (string?)document["route"] == "GET /objects" && (int)document["@timestamp"]! == 7));
        Assert.Equal(200, documents.Count(document => (string?)document["message"] == "no json"));
        Assert.Equal(200, documents.Count(document => (string?)document["message"] == "[1]"));
    }

    private static async Task<string> RunAsync(string input)
    {
        var python = await ExternalProgram.Python.RunAsync(
            ["-c", Harness], new Dictionary<string, string> { ["DELIVERY"] = "delivery" }, TestContext.Current.CancellationToken, input);
        Assert.True(python.ExitCode == 0, python.Error);
        return python.Output;
    }
}
