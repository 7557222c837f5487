"""Where what is written lands, and what is said when it cannot: names that a product must not take, devices and links,
a disk that is full, a file that is moved while it is open.

    test_landing.py PARLEY CASES

Prints TAP.
"""
import json
import os
import pathlib
import resource
import shutil
import signal
import stat
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))
from tap import environment, run_tests, test  # noqa: E402

PARLEY, CASES = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
COMMON = environment(COLUMNS="80")

CASE = """\
parley: 1
title: River talks
as-of: 2025-03-14
sources:
  weekly: {name: Weekly round-up, kind: outlet, date: 2025-03-14}
parties:
  ua: {name: Upper Alia, roles: [principal]}
  ru: {name: Lower Rua, roles: [principal]}
tracks:
  halt: {table: now}
  later: {table: later}
issues:
  arms: {track: halt, ask: Foreign arms, options: {continue: Go on, stopped: All stop}}
  gate: {track: halt, ask: The gate, options: {open: Open, shut: Shut}}
  land: {track: later, ask: The land, options: {kept: Kept, lost: Lost}}
claims:
  c1: {by: ua, act: demand, about: arms = continue, source: weekly, date: 2025-03-11, class: on-record}
  c2: {by: ru, act: demand, about: arms = stopped, date: 2025-03-12, says: said in caucus, label: ru}
values:
  ua: {scores: {arms: {continue: 1, stopped: 0}, gate: {open: 1, shut: 3}}}
  ru: {scores: {arms: {continue: 0, stopped: 2}, gate: {open: 1, shut: 0}}}
"""


def run(*words, at=None, before=None, stdin=None, **more):
    return subprocess.run([PARLEY, *words], capture_output="stdout" not in more, timeout=120, env=COMMON, cwd=at, input=stdin,
                          preexec_fn=before, **more)


def talk(*words, status=0, at=None, **more):
    done = run(*words, at=at, **more)
    assert done.returncode == status, (words, done.returncode, done.stdout, done.stderr)
    return done.stderr.decode()


def folder():
    base = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    return tempfile.TemporaryDirectory(dir=base)


def put(at, name="case.yaml", body=CASE):
    pathlib.Path(at, name).write_text(body, encoding="utf-8")


def on_disk(at, name="case.parley"):
    put(at, "typed.yaml")
    talk("new", name, at=at)
    talk("import", "typed.yaml", name, at=at)


def everything(at):
    return {name: pathlib.Path(at, name).read_bytes() for name in sorted(os.listdir(at)) if stat.S_ISREG(os.lstat(f"{at}/{name}").st_mode)}


def least(size):
    """No file may grow beyond this: a disk that is full."""
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    return limit


# ------------------------------------------------------------------------- names that are not free

@test
def no_table_and_no_copy_takes_the_place_of_the_case_it_was_made_from():
    with folder() as at:
        put(at)
        os.link(f"{at}/case.yaml", f"{at}/other-name.yaml")
        before = everything(at)
        for name in ("case.yaml", "./case.yaml", "other-name.yaml"):
            for words in (["deals", "--numbers", "--csv", name], ["deals", "--numbers", "--xlsx", name], ["export", "--out", name],
                          ["export", "--csv", name], ["status", "--for", "ua", "--out", name], ["page", "--out", name]):
                said = talk(words[0], "case.yaml", *words[1:], "--force", at=at, status=2)
                assert "names the case itself" in said, (words, said)
        assert everything(at) == before


@test
def an_export_log_is_never_written_over():
    with folder() as at:
        put(at)
        talk("export", "case.yaml", "--for", "ua", "--out", "first", at=at)
        put(at, "second.yaml")
        before = everything(at)
        for case in ("case.yaml", "second.yaml"):
            for words in (["export", "--out"], ["export", "--csv"], ["deals", "--numbers", "--csv"], ["deals", "--numbers", "--xlsx"],
                          ["page", "--out"], ["brief", "ua", "--out"]):
                for force in ([], ["--force"]):
                    done = run(words[0], case, *words[1:], "case.yaml.exports", *force, at=at)
                    assert done.returncode in (2, 3) and (b"export log" in done.stderr or not force), (words, done)
        assert everything(at) == before
        assert len(json.loads(run("exports", "case.yaml", "--json", at=at).stdout)["exports"]) == 1


@test
def a_case_on_disk_is_replaced_only_with_force_and_its_own_journal_never():
    with folder() as at:
        put(at)
        on_disk(at)
        before = everything(at)
        for words in (["export", "--out"], ["export", "--csv"], ["deals", "--numbers", "--csv"]):
            assert "--force replaces it" in talk(words[0], "case.yaml", *words[1:], "case.parley", at=at, status=2)
        for case in ("case.yaml", "case.parley"):
            for force in ([], ["--force"]):
                for more in ([], ["--for", "ua"]):
                    said = talk("export", case, *more, "--out", "case.parley-journal", *force, at=at, status=2)
                    assert "belongs to a case on disk" in said, said
        assert everything(at) == before
        talk("export", "case.yaml", "--out", "free-journal", at=at)  # a name like another
        talk("export", "case.yaml", "--out", "case.parley", "--force", at=at)
        assert pathlib.Path(at, "case.parley").read_bytes().startswith(b"parley: 1")


@test
def devices_pipes_and_what_leads_to_them_stay_what_they_are():
    with folder() as at:
        put(at)
        os.mkfifo(f"{at}/pipe")
        os.symlink("/dev/null", f"{at}/null")
        os.symlink("pipe", f"{at}/to-pipe")
        os.symlink("/proc/self/fd/1", f"{at}/screen")
        for name in ("pipe", "null", "to-pipe", "screen"):
            before = os.lstat(f"{at}/{name}")
            for more in ([], ["--force"], ["--for", "ua", "--force"]):
                with open(f"{at}/out", "wb") as out:
                    done = subprocess.run([PARLEY, "export", "case.yaml", "--out", name, *more], stdout=out, cwd=at, env=COMMON,
                                          stderr=subprocess.PIPE, timeout=60)
                assert done.returncode == 4 and b"not a file" in done.stderr, (name, more, done)
            after = os.lstat(f"{at}/{name}")
            assert (before.st_ino, before.st_mode) == (after.st_ino, after.st_mode)
        assert sorted(os.listdir(at)) == ["case.yaml", "null", "out", "pipe", "screen", "to-pipe"]


@test
def a_link_is_never_followed_to_what_it_names():
    with folder() as at, folder() as away:
        put(at)
        pathlib.Path(away, "hers").write_text("her words\n", encoding="utf-8")
        os.symlink(f"{away}/hers", f"{at}/link")
        os.symlink(f"{away}/nothing-yet", f"{at}/dangling")
        for name in ("link", "dangling"):
            assert "is there already" in talk("status", "case.yaml", "--for", "ua", "--out", name, at=at, status=2)
            talk("status", "case.yaml", "--for", "ua", "--out", name, "--force", at=at)
            assert stat.S_ISREG(os.lstat(f"{at}/{name}").st_mode)  # the link gave way
        assert os.listdir(away) == ["hers"] and pathlib.Path(away, "hers").read_text(encoding="utf-8") == "her words\n"


# --------------------------------------------------------------------------------- when it cannot be

@test
def a_full_disk_is_the_environment_for_every_verb_that_writes():
    with folder() as at:
        on_disk(at)
        talk("log", "case.parley", "ua say old words", at=at)
        talk("edit", "case.parley", "c3", "says:new words", at=at)
        put(at, "rows.csv", "by,act,says\nua,say,row one\n")
        put(at, "lines", "ua say one line\n")
        put(at, "objects", '{"line": "ua say an object"}\n')
        before = everything(at)
        for words in (["log", "case.parley", "ua say words"], ["log", "case.parley", "--csv", "rows.csv"],
                      ["log", "case.parley", "--lines", "lines"], ["log", "case.parley", "--json-lines", "objects"],
                      ["edit", "case.parley", "c3", "says:other"], ["edit", "case.parley", "c3", "--remove", "--why", "x"],
                      ["flag", "case.parley", "--law", "l", "--notice", "n", "--by", "B", "--office", "O", "--because", "b",
                       "--about", "arms", "--keeps-out", "arms = stopped"],
                      ["destroy", "case.parley", "--all-removed", "--because", "order"], ["new", "second.parley"],
                      ["import", "typed.yaml", "case.parley", "--replace"], ["export", "case.parley", "--out", "o.yaml"],
                      ["convert", "--to", "genius", "folder", "typed.yaml"], ["deals", "typed.yaml", "--numbers", "--csv", "o.csv"],
                      ["deals", "typed.yaml", "--numbers", "--xlsx", "o.xlsx"]):
            said = talk(*words, at=at, status=4, before=least(0))
            assert said.strip(), words
            assert everything(at) == before, (words, sorted(os.listdir(at)))
            assert run("verify", "case.parley", at=at).returncode == 0
            shutil.rmtree(f"{at}/folder", ignore_errors=True)


@test
def files_for_other_programs_are_private_and_never_written_over():
    with folder() as at:
        put(at, body=CASE.replace("  land: {track: later, ask: The land, options: {kept: Kept, lost: Lost}}\n", ""))
        talk("convert", "--to", "genius", "folder", "case.yaml", at=at)
        made = sorted(os.listdir(f"{at}/folder"))
        assert len(made) == 3, made
        assert {stat.S_IMODE(os.stat(f"{at}/folder/{name}").st_mode) for name in made} == {0o600}
        before = everything(f"{at}/folder")
        assert "exists already" in talk("convert", "--to", "genius", "folder", "case.yaml", at=at, status=3)
        assert everything(f"{at}/folder") == before


@test
def output_that_nobody_takes_is_told():
    with folder() as at:
        put(at)
        on_disk(at)
        for words in (["status", "case.yaml"], ["page", "case.yaml"], ["export", "case.parley"], ["verify", "case.parley"],
                      ["words"], ["help"], ["check", "--schema"], ["exports", "case.yaml"], ["deals", "case.yaml", "--json"]):
            with open("/dev/full", "wb") as full:
                done = subprocess.run([PARLEY, *words], stdout=full, stderr=subprocess.PIPE, cwd=at, env=COMMON, timeout=60)
            assert done.returncode == 4 and b"cannot" in done.stderr, (words, done)


@test
def a_case_that_is_moved_while_it_is_open_is_told_and_nothing_more_is_acknowledged():
    for how in ("unlink", "replace"):
        with folder() as at:
            on_disk(at)
            shutil.copy(f"{at}/case.parley", f"{at}/copy.parley")
            job = subprocess.Popen([PARLEY, "log", "case.parley", "--json-lines", "-"], stdin=subprocess.PIPE, cwd=at, env=COMMON,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0)
            job.stdin.write(b'{"line": "ua say one"}\n')
            assert b'"new"' in job.stdout.readline()
            if how == "unlink":
                os.unlink(f"{at}/case.parley")
            else:
                os.rename(f"{at}/copy.parley", f"{at}/case.parley")
            job.stdin.write(b'{"line": "ua say two"}\n')
            assert job.stdout.readline() == b""
            job.stdin.close()
            assert job.wait(60) == 4
            said = job.stderr.read()
            job.stdout.close()
            job.stderr.close()
            assert b"moved, deleted or replaced" in said, said


@test
def a_case_whose_making_was_cut_off_says_so_whatever_is_left_of_it():
    with folder() as at:
        talk("new", "whole.parley", at=at)
        whole = pathlib.Path(at, "whole.parley").read_bytes()
        # the library's journal of a file that was empty: going back to it is an empty file
        magic = bytes([0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7])
        journal = magic + bytes(4) + bytes(4) + bytes(4) + (512).to_bytes(4, "big") + (4096).to_bytes(4, "big")
        for size in (1, 100, 512, 2048, 4096, 20000, len(whole)):
            pathlib.Path(at, "cut.parley").write_bytes(whole[:size])
            pathlib.Path(at, "cut.parley-journal").write_bytes(journal.ljust(512, b"\0"))
            said = talk("status", "cut.parley", at=at, status=3)
            assert "its making was cut off" in said and "make it again" in said, (size, said)


@test
def what_cannot_be_answered_is_an_error_and_half_an_answer_is_not_printed():
    with folder() as at:
        put(at)
        for form in ([], ["--json"]):
            for words in (["--package", "land = kept"], ["--package", "land = kept", "--home"], ["--query", "land = kept"]):
                done = run("deals", "case.yaml", *words, *form, at=at)
                assert done.returncode == 3 and done.stdout == b"" and b"not counted here" in done.stderr, (words, form, done)


if __name__ == "__main__":
    sys.exit(run_tests())
