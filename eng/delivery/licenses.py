"""Says which licences the packages of the functions have; fails for one that is not allowed, or for none."""
import collections
import sys

import packages

ALLOWED = {"MIT", "Apache-2.0"}

found = collections.defaultdict(list)
for package in packages.restored():
    found[package.license or "none that is named"].append(f"{package.name} {package.version}")
for expression, names in sorted(found.items()):
    print(f"{expression}: {', '.join(names)}")
refused = found.keys() - ALLOWED
if refused:
    sys.exit(f"error: not allowed: {', '.join(sorted(refused))}; licenses.py has the list")
