#!/usr/bin/env python3
"""The second way to the numbers shares no file with the first: sources called recheck* include public
headers and each other. Prints TAP.

    test_recheck_apart.py
"""
import pathlib
import re

DEAL = pathlib.Path(__file__).resolve().parents[2] / "src" / "deal"
faults = []
files = sorted(DEAL.glob("recheck*"))
for path in files:
    for name in re.findall(r'#\s*include\s*[<"]([^>"]+)[>"]', path.read_text(encoding="utf-8")):
        if "/" in name and not name.startswith(("parley/", "deal/recheck")):
            faults.append("%s includes %s" % (path.name, name))
    if re.search(r"\bnm_", path.read_text(encoding="utf-8")):
        faults.append("%s speaks of the engine's own names" % path.name)
print("1..1\n%s 1 - the second way stands apart" % ("not ok" if faults or len(files) < 5 else "ok"))
for fault in faults:
    print("# " + fault)
