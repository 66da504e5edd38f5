"""Runs the binary of the inventory as Lambda does: one process for each invocation at a time, with a Runtime API of its own."""
import json
import os
import queue
import random
import subprocess
import threading
import time
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HANDLERS = {"InventoryPlan": ("Plan", 120), "InventoryExport": ("Export", 180), "InventoryFinish": ("Finish", 300)}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):  # pylint: disable=arguments-differ
        pass

    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))

    def reply(self, status, body=b"", headers=()):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


def serve(handler):
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


class Instance:
    """A process of a function, and its Runtime API."""

    def __init__(self, binary, name, environment, log):
        self.events, self.results = queue.Queue(), queue.Queue()
        handler, self.timeout = HANDLERS[name]
        instance = self

        class Runtime(Handler):
            def do_GET(self):
                event = instance.events.get()
                self.reply(200, event, [
                    ("Lambda-Runtime-Aws-Request-Id", str(uuid.uuid4())),
                    ("Lambda-Runtime-Deadline-Ms", str(int((time.time() + instance.timeout) * 1000))),
                    ("Lambda-Runtime-Invoked-Function-Arn", f"arn:aws:lambda:us-east-1:123456789012:function:{name}")])

            def do_POST(self):
                body = self.body()
                self.reply(202)
                instance.results.put((self.path.endswith("/response"), body))

        self.server = serve(Runtime)
        self.process = subprocess.Popen(  # pylint: disable=consider-using-with
            [binary], stdout=log, stderr=log,
            env={**environment, "ANNOTATIONS_HANDLER": handler, "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{self.server.server_address[1]}"})

    def invoke(self, event, kill_after=None):
        """The status and the response; 500 where the process has ended."""
        self.events.put(event)
        end = time.time() + (kill_after or self.timeout)
        while time.time() < end:
            try:
                succeeded, body = self.results.get(timeout=0.1)
                return (200 if succeeded else 500), body
            except queue.Empty:
                if self.process.poll() is not None:
                    break
        self.stop()
        return 500, json.dumps({"errorType": "Sandbox", "errorMessage": "The process has ended."}).encode()

    def stop(self):
        """Ends the process; returns its CPU time in seconds and its largest memory in MB."""
        self.process.kill()
        _, _, usage = os.wait4(self.process.pid, 0) if self.process.returncode is None else (0, 0, None)
        self.process.returncode = -9
        self.server.shutdown()
        return (usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024) if usage else (0, 0)


class Functions:
    """The address that engine.py posts to. A share of the invocations fails: killed, response lost, or invoked twice."""

    def __init__(self, binary, environment, log, faults=0.0, seed=1):
        self.binary, self.environment, self.log, self.faults = binary, environment, log, faults
        self.idle, self.lock, self.random = {}, threading.Lock(), random.Random(seed)
        self.counts = {"invocations": 0, "killed": 0, "lost": 0, "twice": 0}
        functions = self

        class Invoke(Handler):
            def do_POST(self):
                self.reply(*functions.invoke(self.path.strip("/"), self.body()))

        self.server = serve(Invoke)
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def invoke(self, name, event):
        with self.lock:
            fate = self.random.choice(["killed", "lost", "twice"]) if self.random.random() < self.faults else None
            delay = self.random.uniform(0.05, 3)
            self.counts["invocations"] += 1
            if fate:
                self.counts[fate] += 1
        if fate == "twice":
            threading.Thread(target=self.run, args=(name, event), daemon=True).start()
        result = self.run(name, event, delay if fate == "killed" else None)
        return (500, b'{"errorType": "Lost", "errorMessage": "The response was lost."}') if fate == "lost" else result

    def run(self, name, event, kill_after=None):
        with self.lock:
            instances = self.idle.setdefault(name, [])
            instance = instances.pop() if instances else None
        instance = instance or Instance(self.binary, name, self.environment, self.log)
        result = instance.invoke(event, kill_after)
        if instance.process.poll() is None:
            with self.lock:
                self.idle[name].append(instance)
        return result

    def stop(self):
        """Ends all processes; returns for each function the CPU time of the processes that ended now, and the largest memory."""
        used = {name: [instance.stop() for instance in instances] for name, instances in self.idle.items()}
        self.server.shutdown()
        return {name: (round(sum(cpu for cpu, _ in each), 2), round(max(memory for _, memory in each))) for name, each in used.items() if each}


def environment(source, destination, **options):
    return {
        "PATH": os.environ["PATH"], "AWS_REGION": "us-east-1", "AWS_ACCESS_KEY_ID": "local", "AWS_SECRET_ACCESS_KEY": "local",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1769", "DOTNET_GCgen0size": "80000",
        "S3LISTER_ENDPOINT": source, "S3LISTER_DESTINATION_ENDPOINT": destination, "S3LISTER_FORCE_PATH_STYLE": "true", **options}
