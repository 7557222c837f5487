"""What the tests that are programs in Python share: how a test is written, run and told.

    @test
    def something_that_is_true(): ...        # the name is the sentence that is printed

    sys.exit(run_tests())                    # TAP on standard output; 1 if a test failed

A test that stops, whatever stops it, has failed. One that cannot be asked here raises Skip and says why.
"""
import os
import pathlib
import sys
import tempfile

TESTS = []


class Skip(Exception):
    pass


def test(function):
    TESTS.append(function)
    return function


def environment(**more):
    """What the program is run with: no terminal, no colours, nobody's language; sanitizers as they are set."""
    kept = ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LD_LIBRARY_PATH")
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8",
            **{name: os.environ[name] for name in kept if name in os.environ}, **more}


def folder():
    """A folder that is gone afterwards; in memory where that can be, so that the disk is not waited for."""
    return tempfile.TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)


def run_tests(in_folder=False):
    """in_folder: each test gets a folder of its own."""
    failed = 0
    print(f"1..{len(TESTS)}", flush=True)
    for number, function in enumerate(TESTS, 1):
        try:
            if in_folder:
                with folder() as at:
                    function(pathlib.Path(at))
            else:
                function()
            print(f"ok {number} - {function.__name__}", flush=True)
        except Skip as reason:
            print(f"ok {number} - {function.__name__} # SKIP {reason}", flush=True)
        except Exception as problem:  # a test that breaks is a test that failed
            failed += 1
            print(f"not ok {number} - {function.__name__}")
            for line in f"{type(problem).__name__}: {problem}"[:8000].splitlines()[:40]:
                print(f"# {line}")
            sys.stdout.flush()
    return 1 if failed else 0
