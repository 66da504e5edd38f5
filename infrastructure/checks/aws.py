#!/usr/bin/env python3
"""An AWS on this machine to rehearse deployments on. Nothing here can reach a real account.

    python3 infrastructure/checks/aws.py [--port 0]

It is moto's server with what it lacks: the SAM transform, updates that change what is there, and the resource types of
the templates. A type that nobody here knows is recorded and does nothing. Prints "ready http://127.0.0.1:PORT" and
serves until it is ended. Account 123456789012; any credentials do.

Not shown: alarms are not evaluated (set-alarm-state sets them), and no traffic is shifted, but a deployment with an alarm in
ALARM is rolled back. To have a resource fail, put its logical id into the SSM parameter /rehearsal/failing. To have calls
refused as IAM would: POST a 0 to /moto-api/reset-auth; conditions count for nothing there.
"""
import argparse
import logging
import os
import signal
import threading

os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
os.environ.setdefault("AWS_EC2_METADATA_DISABLED", "true")

# pylint: disable=wrong-import-position
from local_aws import engine, resource
from moto.server import ThreadedMotoServer


def start(port=0):
    """The server and its origin."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    engine.install()
    server = ThreadedMotoServer("127.0.0.1", port, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    resource.ORIGIN = f"http://{host}:{port}"
    return server, resource.ORIGIN


def main():
    arguments = argparse.ArgumentParser(description="An AWS on this machine to rehearse deployments on.")
    arguments.add_argument("--port", type=int, default=0, help="0 for one that is free")
    server, origin = start(arguments.parse_args().port)
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    print(f"ready {origin}", flush=True)
    ended.wait()
    server.stop()


if __name__ == "__main__":
    main()
