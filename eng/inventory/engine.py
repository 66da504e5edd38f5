#!/usr/bin/env python3
"""A local S3, Lambda and Step Functions: moto's server, which executes state machines and posts invocations to an address.

    python3 eng/inventory/engine.py PORT FUNCTIONS_URL

An invocation of the function F is POST FUNCTIONS_URL/F with the event; a status of 400 or more is an error of the function.
"""
import copy
import json
import sys
import urllib.error
import urllib.request

from moto.awslambda import models as functions
from moto.core.config import default_user_config
from moto.stepfunctions.models import StateMachine
import moto.server


def invoke(function, event):
    request = urllib.request.Request(
        f"{sys.argv[2]}/{function.function_name}", json.dumps(event).encode(), {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=900) as response:
            return response.read().decode(), False, ""
    except urllib.error.HTTPError as failed:
        return failed.read().decode(), True, ""


default_user_config["stepfunctions"]["execute_state_machine"] = True
# pylint: disable=protected-access
functions.LambdaFunction._invoke_lambda = invoke
# moto copies a state machine with its threads, which cannot be copied.
StateMachine.__deepcopy__ = lambda self, memo: copy.copy(self)
moto.server.main(["-H", "127.0.0.1", "-p", sys.argv[1]])
