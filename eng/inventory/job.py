#!/usr/bin/env python3
"""Runs the inventory job on this machine: the state machine in moto, the functions as processes, a bucket of computed keys.

    python3 eng/inventory/job.py BINARY [--keys N] [--shape SHAPE] [--format FORMAT] [--faults SHARE] [--stop SECONDS] [--folder FOLDER]

Then DuckDB and hyparquet read the files: each key once, in order within a file, the right sums, and nothing that the manifest
does not name. Needs moto (eng/requirements.txt), Node.js, and the packages of eng/inventory/package.json.
"""
import argparse
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

try:
    import boto3
    from botocore.config import Config
    import moto  # noqa: F401
except ImportError:
    sys.exit("Install moto first: pip install -r eng/requirements.txt")

from functions import Functions, environment

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
ROLE = "arn:aws:iam::123456789012:role/job"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_port(port, process):
    while process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise RuntimeError("a server has ended")


def client(service, port):
    return boto3.client(service, region_name="us-east-1", endpoint_url=f"http://127.0.0.1:{port}", aws_access_key_id="local",
                        aws_secret_access_key="local", config=Config(s3={"addressing_style": "path"}))


def deploy(port):
    """The functions, two equal state machines, and the destination; returns the state machines' ARNs."""
    client("iam", port).create_role(RoleName="job", AssumeRolePolicyDocument="{}")
    client("s3", port).create_bucket(Bucket="inventories")
    definition = (HERE / "machine.json").read_text(encoding="utf-8")
    for name in ("InventoryPlan", "InventoryExport", "InventoryFinish"):
        function = client("lambda", port).create_function(
            FunctionName=name, Runtime="provided.al2023", Role=ROLE, Handler="bootstrap", Code={"ZipFile": b"PK\5\6" + bytes(18)})
        definition = definition.replace(f"${{{name}}}", function["FunctionArn"])
    return [client("stepfunctions", port).create_state_machine(name=name, definition=definition, roleArn=ROLE)["stateMachineArn"]
            for name in ("inventory", "again")]


def execute(states, machine, name, form, stop_after=None):
    """The execution's output; None where it was stopped."""
    execution = states.start_execution(stateMachineArn=machine, name=name, input=json.dumps({"depth": 2, "format": form}))["executionArn"]
    started = time.time()
    while True:
        state = states.describe_execution(executionArn=execution)
        if state["status"] == "SUCCEEDED":
            return json.loads(state["output"])
        if state["status"] not in ("RUNNING", "PENDING"):
            raise RuntimeError(f"the execution has {state['status']}: {state.get('error')} {state.get('cause')}")
        if stop_after and time.time() - started > stop_after:
            states.stop_execution(executionArn=execution)
            return None
        time.sleep(0.5)


def check(options, s3, folder, run):
    """Downloads what the manifest names, and has it read by DuckDB and hyparquet."""
    manifest = json.loads(s3.get_object(Bucket="inventories", Key=f"runs/{run}/manifest.json")["Body"].read())
    named = {file["key"] for file in manifest["files"]}
    visible = {item["Key"] for page in s3.get_paginator("list_objects_v2").paginate(Bucket="inventories", Prefix=f"runs/{run}/data/")
               for item in page.get("Contents", [])}
    if named != visible:
        raise RuntimeError(f"the manifest and the visible files differ in {named ^ visible}")
    for number, file in enumerate(sorted(named)):
        s3.download_file("inventories", file, str(folder / f"{number:04}.parquet"))
    summary = folder / "summary.json"
    s3.download_file("inventories", f"runs/{run}/summary.json", str(summary))
    subprocess.run(["node", HERE / "check.mjs", folder, str(options.keys), summary], check=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--keys", type=int, default=200_000)
    parser.add_argument("--shape", default="skewed")
    parser.add_argument("--faults", type=float, default=0.0, help="the share of invocations that fail")
    parser.add_argument("--format", default="parquet", choices=["parquet", "none"])
    parser.add_argument("--concurrency", type=int, default=4)
    parser.add_argument("--rate", type=int, default=0, help="requests per second that the source serves")
    parser.add_argument("--stop", type=float, help="seconds after which the execution is stopped, and then continued")
    parser.add_argument("--folder", help="where to keep the files")
    options = parser.parse_args()
    folder = Path(options.folder or tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    port, source_port, servers = free_port(), free_port(), []
    with (folder / "log").open("w", encoding="utf-8") as log:
        functions = Functions(os.path.abspath(options.binary), environment(
            f"http://127.0.0.1:{source_port}", f"http://127.0.0.1:{port}", S3LISTER_BUCKET="synthetic-bucket",
            S3LISTER_DESTINATION="inventories", S3LISTER_MAX_CONCURRENCY=str(options.concurrency)), log, options.faults)
        try:
            servers.append(subprocess.Popen(
                ["dotnet", ROOT / "S3Lister.Benchmarks/bin/Release/net10.0/S3Lister.Benchmarks.dll", "s3", "--shape", options.shape, "--keys",
                 str(options.keys), "--port", str(source_port), "--requests-per-second", str(options.rate)], stdout=log, stderr=log))
            servers.append(subprocess.Popen([sys.executable, HERE / "engine.py", str(port), functions.url], stdout=log, stderr=log))
            wait_for_port(source_port, servers[0])
            wait_for_port(port, servers[1])
            machine, again = deploy(port)
            started = time.time()
            # moto has no redrive. An execution of the same name, of another machine, continues the run in the same way.
            result = execute(client("stepfunctions", port), machine, "run-1", options.format, options.stop)
            stopped = result is None
            result = result or execute(client("stepfunctions", port), again, "run-1", options.format)
            rounds = client("s3", port).list_objects_v2(Bucket="inventories", Prefix="runs/run-1/rounds/")["KeyCount"] - 1
            print(f"{result['objects']} objects, {rounds} rounds, {time.time() - started:.0f} s{', stopped once' if stopped else ''}, {functions.counts}", flush=True)
            if options.format == "parquet":
                check(options, client("s3", port), folder, "run-1")
        finally:
            print(f"CPU seconds and MB of the processes that were left: {functions.stop()}", flush=True)
            for server in servers:
                server.terminate()


if __name__ == "__main__":
    main()
