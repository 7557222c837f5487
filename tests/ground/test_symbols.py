"""The shared library exports what the checked-in list says, and only names of our own. Prints TAP.

    test_symbols.py LIBRARY LIST
"""

import subprocess
import sys


# where the linker's own sections begin and end; it exports them when a library it links asks for one
OF_THE_LINKER = {"__bss_start", "_edata", "_end"}


def main():
    library, listed = sys.argv[1:3]
    try:
        output = subprocess.run(["nm", "-D", "--defined-only", library],
                                check=True, capture_output=True, text=True).stdout
    except OSError:
        print("1..0 # SKIP nm is not here")
        return 0
    there = {line.split()[-1] for line in output.splitlines() if line.strip()} - OF_THE_LINKER
    with open(listed, encoding="utf-8") as file:
        wanted = set(file.read().split())

    strange = sorted(name for name in there if not name.startswith("parley_"))
    print("1..3")
    print("%s 1 - every exported symbol begins with parley_" % ("not ok" if strange else "ok"))
    for name in strange:
        print("exported: " + name, file=sys.stderr)
    new = sorted(there - wanted)
    gone = sorted(wanted - there)
    print("%s 2 - no symbol is exported that is not listed" % ("not ok" if new else "ok"))
    for name in new:
        print("new: " + name, file=sys.stderr)
    print("%s 3 - every listed symbol is exported" % ("not ok" if gone else "ok"))
    for name in gone:
        print("gone: " + name, file=sys.stderr)
    if new or gone:
        print("if the public interface was meant to change: scripts/update-symbols, and commit"
              " tests/ground/symbols.txt", file=sys.stderr)
    return 1 if strange or new or gone else 0


sys.exit(main())
