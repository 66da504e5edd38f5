// The same page in Node: a Lambda handler with @aws-sdk/client-s3, and what stands for Lambda's Node runtime client.
import http from "node:http";
import { ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";

const bucket = process.env.S3LISTER_BUCKET;
const s3 = new S3Client({ endpoint: process.env.S3LISTER_ENDPOINT, forcePathStyle: true });

async function handler(event) {
  const query = event.queryStringParameters ?? {};
  const answer = await s3.send(
    new ListObjectsV2Command({
      Bucket: bucket,
      Prefix: query.prefix,
      Delimiter: query.delimiter,
      StartAfter: query["start-after"],
      ContinuationToken: query["continuation-token"],
      MaxKeys: Number(query["max-keys"] ?? "1000"),
    }),
  );
  const page = {
    bucket,
    keyCount: answer.KeyCount,
    isTruncated: answer.IsTruncated,
    nextContinuationToken: answer.NextContinuationToken ?? null,
    contents: (answer.Contents ?? []).map((entry) => ({
      key: entry.Key,
      size: entry.Size,
      lastModified: entry.LastModified,
      eTag: entry.ETag,
      storageClass: entry.StorageClass,
    })),
    commonPrefixes: (answer.CommonPrefixes ?? []).map((group) => group.Prefix),
  };
  return { statusCode: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(page) };
}

const [hostname, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(":");
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

function runtime(method, path, body) {
  return new Promise((resolve, reject) => {
    const request = http.request({ hostname, port, method, path: `/2018-06-01/runtime/invocation/${path}`, agent }, (response) => {
      const chunks = [];
      response.on("data", (chunk) => chunks.push(chunk));
      response.on("end", () => resolve({ headers: response.headers, body: Buffer.concat(chunks) }));
    });
    request.on("error", reject);
    request.end(body);
  });
}

async function run() {
  for (;;) {
    const next = await runtime("GET", "next");
    const answer = await handler(JSON.parse(next.body));
    await runtime("POST", `${next.headers["lambda-runtime-aws-request-id"]}/response`, JSON.stringify(answer));
  }
}

run();
