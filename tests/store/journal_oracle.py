#!/usr/bin/env python3
"""The journal of a case on disk, verified by another program: docs/decisions/0015-journal.md, word for word.

    journal_oracle.py FILE.parley [HEAD]

Prints the head and the number of entries, or what is wrong (status 1). Needs nothing but Python.
"""
import hashlib
import sqlite3
import sys

KINDS = {"begin", "import", "put", "correct", "remove", "destroy", "export"}


class Wrong(Exception):
    pass


def blake(data):
    return hashlib.blake2b(data, digest_size=32).digest()


def need(truth, *words):
    if not truth:
        raise Wrong(" ".join(str(w) for w in words))


def verify(path, noted=None):
    """(head in hexadecimal, entries, what holds: {first entry: words}, destroyed)"""
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    need(db.execute("PRAGMA application_id").fetchone()[0] == 0x5041524C, "not a case on disk")
    need(db.execute("PRAGMA user_version").fetchone()[0] in (1, 2, 3, 4), "another format")
    previous, before, seen, holds, destroyed, words = bytes(32), None, set(), {}, set(), {}
    rows = db.execute("SELECT seq, kind, target, recorded, commitment, hash FROM entry ORDER BY seq").fetchall()
    for number, (seq, kind, target, recorded, commitment, digest) in enumerate(rows, 1):
        need(seq == number, "entry", number, "is missing")
        need(kind in KINDS and (kind == "begin") == (seq == 1), "entry", seq, "is of kind", kind)
        need(before is None or recorded >= before, "entry", seq, "is too early")
        need(0 <= target < seq, "entry", seq, "is about", target)
        text = (f"parley entry 1\nseq {seq}\nkind {kind}\ntarget {target}\nrecorded {recorded}\n"
                f"commitment {commitment.hex()}\nprevious {previous.hex()}\n")
        need(blake(text.encode()) == digest, "entry", seq, "was changed")
        if kind == "put":
            holds[seq] = seq
        elif kind == "correct":
            need(target in holds, "entry", seq, "corrects nothing")
            holds[target] = seq
        elif kind == "remove":
            need(holds.pop(target, None) is not None, "entry", seq, "removes nothing")
        elif kind == "destroy":
            need(target > 0 and target not in destroyed, "entry", seq, "destroys nothing")
            destroyed.add(target)
        previous, before = digest, recorded
        seen.add(digest.hex())
    need(rows, "the journal is empty")
    for seq, salt, data in db.execute("SELECT seq, salt, bytes FROM payload"):
        need(1 <= seq <= len(rows) and seq not in destroyed, "words of entry", seq, "belong nowhere")
        need(len(salt) == 32 and blake(b"parley payload 1\n" + salt + data) == rows[seq - 1][4],
             "words of entry", seq, "were changed")
        words[seq] = data
    for seq in range(1, len(rows) + 1):
        need(seq in words or seq in destroyed, "words of entry", seq, "are missing")
    need(noted is None or noted in seen, "no entry has the head", noted)
    return previous.hex(), len(rows), {first: words[last] for first, last in holds.items()}, len(destroyed)


def main():
    try:
        head, entries, holds, destroyed = verify(*sys.argv[1:3])
    except Wrong as wrong:
        print(wrong)
        return 1
    print(f"{head} {entries} entries, {len(holds)} records, {destroyed} destroyed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
