"""The same page in Python: a Lambda handler with boto3, and a substitute for Lambda's Python runtime client."""

import http.client
import json
import os

import boto3
from botocore.config import Config

BUCKET = os.environ["S3LISTER_BUCKET"]
PARAMETERS = {
    "prefix": "Prefix",
    "delimiter": "Delimiter",
    "start-after": "StartAfter",
    "continuation-token": "ContinuationToken",
}

s3 = boto3.client(
    "s3",
    endpoint_url=os.environ["S3LISTER_ENDPOINT"],
    config=Config(s3={"addressing_style": "path"}),
)


def handler(event):
    query = event.get("queryStringParameters") or {}
    request = {PARAMETERS[name]: value for name, value in query.items() if name in PARAMETERS}
    response = s3.list_objects_v2(Bucket=BUCKET, MaxKeys=int(query.get("max-keys", "1000")), **request)
    page = {
        "bucket": BUCKET,
        "keyCount": response["KeyCount"],
        "isTruncated": response["IsTruncated"],
        "nextContinuationToken": response.get("NextContinuationToken"),
        "contents": [
            {
                "key": entry["Key"],
                "size": entry["Size"],
                "lastModified": entry["LastModified"].isoformat(),
                "eTag": entry["ETag"],
                "storageClass": entry["StorageClass"],
            }
            for entry in response.get("Contents", [])
        ],
        "commonPrefixes": [group["Prefix"] for group in response.get("CommonPrefixes", [])],
    }
    return {"statusCode": 200, "headers": {"content-type": "application/json"}, "body": json.dumps(page)}


def run():
    runtime = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
    root = "/2018-06-01/runtime/invocation/"
    while True:
        runtime.request("GET", root + "next")
        response = runtime.getresponse()
        event = json.loads(response.read())
        request_id = response.headers["Lambda-Runtime-Aws-Request-Id"]
        runtime.request("POST", f"{root}{request_id}/response", json.dumps(handler(event)).encode())
        runtime.getresponse().read()


run()
