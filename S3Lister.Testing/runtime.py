#!/usr/bin/python3
"""A Lambda runtime for tests: what an event's "do" says, or its query parameter of that name, is done."""
import http.client
import json
import os
import signal
import subprocess
import sys
import time

PREFIX = "/2018-06-01/runtime/"
api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])


def call(method, path, body=None, headers=None):
    api.request(method, PREFIX + path, body=body, headers=headers or {})
    response = api.getresponse()
    return response.status, response.headers, response.read()


def error(kind, message):
    return json.dumps({"errorType": kind, "errorMessage": message, "stackTrace": []}).encode()


def log(text, stream=sys.stdout):
    print(text, file=stream, flush=True)


def envelope(value):
    body = json.dumps(value)
    return json.dumps({"statusCode": 200, "headers": {"content-type": "application/json"}, "body": body}).encode()


def perform(event, headers, count):
    query = event.get("queryStringParameters") or {}
    argument = lambda name, default=None: event.get(name, query.get(name, default))
    request_id = headers["Lambda-Runtime-Aws-Request-Id"]
    action = argument("do", "event")
    if action == "event":
        return envelope(event)
    if action == "reply":
        return argument("reply").encode()
    if action == "facts":
        return json.dumps({"pid": os.getpid(), "count": count, "environment": dict(os.environ),
                           "headers": {k.lower(): v for k, v in headers.items()}}).encode()
    if action == "sleep":
        time.sleep(float(argument("seconds")))
        return json.dumps({"pid": os.getpid()}).encode()
    if action == "log and sleep":
        log(argument("line"))
        time.sleep(float(argument("seconds")))
        return json.dumps({"pid": os.getpid()}).encode()
    if action == "meet":
        open(os.path.join(argument("folder"), str(os.getpid())), "w").close()
        while len(os.listdir(argument("folder"))) < argument("count"):
            time.sleep(0.01)
        return json.dumps({"pid": os.getpid()}).encode()
    if action == "big":
        return b'"' + b"x" * (int(argument("bytes")) - 2) + b'"'
    if action == "crash":
        sys.exit(int(argument("code", "1")))
    if action == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if action == "child":
        child = subprocess.Popen(["/bin/sleep", "600"])
        return json.dumps({"pid": os.getpid(), "child": child.pid}).encode()
    if action == "log":
        log(argument("line"))
        log(argument("line") + " (stderr)", sys.stderr)
        return b"{}"
    if action == "fail":
        status, _, _ = call("POST", f"invocation/{request_id}/error", error("Test.Failure", argument("message", "")),
                            {"Lambda-Runtime-Function-Error-Type": "Test.Failure"})
        log(f"error status {status}")
        return None
    if action == "misbehave":
        statuses = {
            "next while invoking": call("GET", "invocation/next")[0],
            "unknown id": call("POST", "invocation/nobody/response", b"{}")[0],
            "init error when ready": call("POST", "init/error", error("X", "x"))[0],
            "unknown path": call("GET", "nothing")[0],
            "unknown verb": call("POST", f"invocation/{request_id}/nothing", b"{}")[0],
        }
        statuses["response"] = call("POST", f"invocation/{request_id}/response", json.dumps(statuses).encode())[0]
        statuses["second response"] = call("POST", f"invocation/{request_id}/response", b"{}")[0]
        log(json.dumps(statuses))
        return None
    raise ValueError(action)


log(f"pid {os.getpid()}")
match os.environ.get("STANDIN_INIT"):
    case "exit":
        log("no bucket is set", sys.stderr)
        sys.exit(3)
    case "error":
        status, _, _ = call("POST", "init/error", error("Test.BadConfiguration", "no bucket is set"),
                            {"Lambda-Runtime-Function-Error-Type": "Test.BadConfiguration"})
        log(f"init error status {status}")
        sys.exit(1)
    case "hang":
        time.sleep(600)

count = 0
while True:
    status, headers, payload = call("GET", "invocation/next")
    if status != 200:
        sys.exit(f"next status {status}")
    count += 1
    response = perform(json.loads(payload), headers, count)
    if response is not None:
        request_id = headers["Lambda-Runtime-Aws-Request-Id"]
        status, _, body = call("POST", f"invocation/{request_id}/response", response)
        if status != 202:
            log(f"response status {status} {body.decode()}")
