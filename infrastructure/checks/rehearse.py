#!/usr/bin/env python3
"""Rehearses deployments of the templates on the local AWS (aws.py).

    python3 infrastructure/checks/rehearse.py [TEMPLATE ...]    everything, or the life of these templates

Rehearsed are the documented commands (documented.py), and deployments of every template: the first, one that fails, one without a
change, updates, the deletion (attempts.py).
"""
import sys
import time

import attempts
import documented
from cloud import Cloud, CommandFailed
from templates import OPTIONS


def main():
    started, chosen = time.monotonic(), sys.argv[1:]
    with Cloud() as cloud:
        if not chosen:
            for page, rehearsal, what in documented.PAGES:
                print(f"{page}: {rehearsal(cloud)} commands {what}", flush=True)
            for line in attempts.of_the_service(cloud):
                print(f"serverless.template: {line}", flush=True)
            attempts.existing_detector(cloud)
            print("infrastructure/guardrails.template: an account that has a detector already", flush=True)
        for line in attempts.lives(cloud, chosen or OPTIONS):
            print(line, flush=True)
    print(f"{time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    try:
        main()
    except (AssertionError, CommandFailed) as failure:
        sys.exit(f"FAILED {failure}")
