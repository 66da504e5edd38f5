"""Signs a request with botocore, sends it, and prints the status and the body."""
import datetime
import http.client
import json
import sys
from urllib.parse import urlsplit

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

options = json.loads(sys.argv[1])
credentials = Credentials(options["key"], options["secret"], options.get("token"))
request = AWSRequest(options.get("method", "GET"), options["url"], data=options.get("body", "").encode(),
                     headers=options.get("headers") or {})
scope = credentials, options.get("service", "execute-api"), options.get("region", "us-east-1")
if options.get("presign"):
    signer = botocore.auth.SigV4QueryAuth(*scope, expires=options.get("expires", 3600))
else:
    signer = botocore.auth.SigV4Auth(*scope)
request.context["payload_signing_enabled"] = not options.get("unsigned-payload", False)
signer.add_auth(request)
prepared = request.prepare()
for old, new in (options.get("tamper") or {}).items():
    prepared.url = prepared.url.replace(old, new)
parts = urlsplit(prepared.url)
connection = http.client.HTTPConnection(parts.netloc)
target = (parts.path or "/") + ("?" + parts.query if parts.query else "")
connection.request(prepared.method, target, body=prepared.body, headers=dict(prepared.headers.items()))
response = connection.getresponse()
print(response.status)
print(response.read().decode(), end="")
