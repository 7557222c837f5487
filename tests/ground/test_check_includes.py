"""The check of the include graph finds what it is for: a small tree with one fault at a time. TAP.

    test_check_includes.py CHECK
"""

import os
import subprocess
import sys
import tempfile

SOUND = {
    "include/parley/base.h": "#include <stddef.h>\n",
    "include/parley/case.h": "#include <parley/base.h>\n",
    "include/parley/deal.h": "#include <parley/case.h>\n",
    "include/parley/report.h": "#include <parley/base.h>\n",
    "include/parley/parley.h": "#include <parley/base.h>\n#include <parley/report.h>\n",
    "src/base/base_internal.h": "#include <parley/base.h>\n",
    "src/base/a.c": '#include "base_internal.h"\n#include <gmp.h>\n',
    "src/case/b.c": '#include <parley/case.h>\n#include <yaml.h>\n',
    "src/deal/c.c": '#include <parley/deal.h>\n',
    "src/report/d.c": '#include <parley/deal.h>\n#include <parley/report.h>\n',
    "src/cli/main.c": '#include <parley/parley.h>\n',
}

FAULTS = [
    ("a sound tree passes", {}, None),
    ("base does not know the case", {"src/base/a.c": "#include <parley/case.h>\n"},
     "base may not include <parley/case.h>"),
    ("engines do not include one another",
     {"include/parley/desk.h": "\n", "src/deal/c.c": "#include <parley/desk.h>\n"},
     "deal may not include <parley/desk.h>"),
    ("an engine does not know the report", {"src/deal/c.c": "#include <parley/report.h>\n"},
     "deal may not include <parley/report.h>"),
    ("the report keeps out of other rooms", {"src/report/d.c": '#include "base/base_internal.h"\n'},
     "is inside another room than report"),
    ("a public header keeps out of the rooms",
     {"include/parley/case.h": '#include "../../src/base/base_internal.h"\n'},
     "a public header includes"),
    ("a public header keeps to rooms below", {"include/parley/base.h": "#include <parley/case.h>\n"},
     "base may not include <parley/case.h>"),
    ("a hidden library stays in its room", {"src/deal/c.c": "#include <gmp.h>\n"},
     "<gmp.h> belongs to base"),
    ("rooms do not take the whole interface", {"src/deal/c.c": "#include <parley/parley.h>\n"},
     "is for users of the library"),
    ("a header does not include itself",
     {"src/base/base_internal.h": '#include "other.h"\n',
      "src/base/other.h": '#include "base_internal.h"\n'}, "includes itself through"),
    ("a header that is not there is named", {"src/base/a.c": '#include "nothing.h"\n'},
     'there is no "nothing.h"'),
    ("a room that is not in the design is named", {"src/cellar/x.c": "\n"}, "there is no such room"),
]


def run(check, tree):
    with tempfile.TemporaryDirectory() as root:
        for name, text in tree.items():
            path = os.path.join(root, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        return subprocess.run([sys.executable, check, root], capture_output=True, text=True)


def main():
    check = sys.argv[1]
    failed = 0
    print("1..%d" % len(FAULTS))
    for number, (what, change, words) in enumerate(FAULTS, 1):
        result = run(check, {**SOUND, **change})
        good = (result.returncode == 0) if words is None else (
            result.returncode == 1 and words in result.stderr)
        print("%s %d - %s" % ("ok" if good else "not ok", number, what))
        if not good:
            failed += 1
            for line in (result.stdout + result.stderr).splitlines():
                print(line, file=sys.stderr)
    return 1 if failed else 0


sys.exit(main())
