#!/usr/bin/env python3
"""Measures the built program against `pdftotext -bbox` and pdfplumber's `extract_tables` on the same files.

    cargo build --release
    python3 benches/against.py samples/koganei-r5.pdf samples/koganei-r5-sjis.pdf
    python3 benches/against.py --command tables --pages 30 --runs 5 book.pdf

The programs take turns, so that a machine that slows down slows all of them. Printed are medians of CPU time (user and
system, of all threads), of the time on the clock and of the peak resident memory, as wait4 reports them, and how many
times the CPU time of this program each peer takes. pdfplumber is measured inside its process, from opening the file to
the last table, so that the start of Python does not count against it. Peaks below this script's own, about 16 MB, cannot
be seen. `--pages N` also measures this program on the first N pages, for the time per page. Unix only.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAM = os.path.join(ROOT, "target", "release", "torikumi")
OWN, POPPLER, PLUMBER = "torikumi", "pdftotext -bbox", "pdfplumber"
# Run by the Python that has pdfplumber; it prints its own CPU time.
PLUMBER_CODE = """
import sys, time, pdfplumber
start = time.process_time()
with pdfplumber.open(sys.argv[1]) as pdf:
    for page in pdf.pages:
        page.extract_tables()
        page.close()
print(time.process_time() - start)
"""


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--command", choices=["extract", "tables", "text"], default="extract")
    parser.add_argument("--runs", type=int, default=20, help="runs of each program on each file (20)")
    parser.add_argument("--seconds", type=float, default=60, help="no further run of a peer that took so long (60)")
    parser.add_argument("--pages", type=int, metavar="N", help="also measure tables or text of the first N pages")
    parser.add_argument("--program", default=PROGRAM, help="the built program (target/release/torikumi)")
    parser.add_argument("--python", default=sys.executable, help="the Python that has pdfplumber")
    return parser.parse_args()


def run(command):
    """CPU seconds, seconds on the clock, peak bytes and output of one run; ends the script where it fails."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    # Only the last bytes matter: what pdfplumber's process prints of itself.
    tail = b""
    while chunk := os.read(process.stdout.fileno(), 1 << 16):
        tail = (tail + chunk)[-64:]
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)}: ended with {process.returncode}")
    scale = 1 if sys.platform == "darwin" else 1024
    return usage.ru_utime + usage.ru_stime, time.monotonic() - start, usage.ru_maxrss * scale, tail


def output_of(command):
    """What a command prints, `None` where it cannot be run."""
    try:
        done = subprocess.run(command, capture_output=True, text=True)
    except OSError:
        return None
    return None if done.returncode else (done.stdout + done.stderr).strip()


def versions(options):
    """The version of each program that can be run; says what is missing."""
    found = {OWN: output_of([options.program, "--version"])}
    if found[OWN] is None:
        sys.exit(f"{options.program} cannot be run: cargo build --release")
    if shutil.which("pdftotext"):
        found[POPPLER] = output_of(["pdftotext", "-v"]).splitlines()[0]
    else:
        print("missing: pdftotext (package poppler-utils)")
    version = output_of([options.python, "-c", "import pdfplumber; print('pdfplumber', pdfplumber.__version__)"])
    if version:
        found[PLUMBER] = version
    else:
        print(f"missing: pdfplumber for {options.python} (pip install pdfplumber)")
    return found


def commands(options, present, file):
    """The commands that are measured on one file."""
    own = [options.program, options.command, file]
    found = {OWN: own}
    if options.pages:
        found[f"{OWN}, {options.pages} pages"] = [*own, "--pages", f"1-{options.pages}"]
    if POPPLER in present:
        found[POPPLER] = ["pdftotext", "-bbox", file, "-"]
    if PLUMBER in present:
        found[PLUMBER] = [options.python, "-c", PLUMBER_CODE, file]
    return found


def measure(options, present, file):
    """Lists of (CPU, clock, peak) by program, the programs taking turns."""
    measured = {name: [] for name in commands(options, present, file)}
    spent = dict.fromkeys(measured, 0.0)
    for _ in range(options.runs):
        for name, command in commands(options, present, file).items():
            if name in (POPPLER, PLUMBER) and spent[name] > options.seconds:
                continue
            cpu, clock, peak, tail = run(command)
            spent[name] += clock
            if name == PLUMBER:
                cpu = clock = float(tail)
            measured[name].append((cpu, clock, peak))
    return measured


def main():
    options = arguments()
    if not hasattr(os, "wait4"):
        sys.exit("this script needs wait4, which only Unix has")
    present = versions(options)
    for version in present.values():
        print(version)
    print(f"\n{'file':28} {'program':22} {'runs':>4} {'CPU ms':>9} {'clock ms':>9} {'peak MB':>8} {'ratio':>8}")
    for file in options.files:
        own = None
        for name, runs in measure(options, present, file).items():
            cpu, clock, peak = (statistics.median(values) for values in zip(*runs))
            own = own or cpu
            row = f"{len(runs):4} {cpu * 1e3:9.1f} {clock * 1e3:9.1f} {peak / 1e6:8.1f} {cpu / own:8.2f}"
            print(f"{os.path.basename(file)[:28]:28} {name:22} {row}", flush=True)


if __name__ == "__main__":
    main()
