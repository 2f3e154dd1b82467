#!/usr/bin/env python3
"""Applies each of the bugs beside this script to a copy of the tree and prints the first seed that the simulation does not withstand.

    tests/Sensors.Simulation.Tests/Mutants/find.py [--seeds N] [NAME...]

Exit code 0 when every bug was found within N seeds (default: 500), 1 when one was not.
"""
import argparse
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[2]
TOOL = "tools/Sensors.Cli"
LEFT_OUT = shutil.ignore_patterns("bin", "obj", ".git", "TestResults")


def run(command, tree):
    return subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)


def build(tree):
    built = run(["dotnet", "build", TOOL, "-c", "Release", "--nologo", "-v", "q"], tree)
    return None if built.returncode == 0 else built.stdout + built.stderr


def first_failing(tree, seeds):
    """The first seed that is not withstood, and what it said; None when all are."""
    tool = ["dotnet", f"{TOOL}/bin/Release/net10.0/sensorctl.dll"]
    done = run(tool + ["simulate", "--seeds", str(seeds), "--first", "--json"], tree)
    if done.returncode not in (0, 1):
        sys.exit(done.stdout[-2000:] + done.stderr[-2000:])
    for line in done.stdout.splitlines():
        result = json.loads(line)
        if result["violations"]:
            return result
    return None


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--seeds", type=int, default=500, help="the most seeds to try")
    arguments.add_argument("names", nargs="*", help="bugs to try; all when none is named")
    options = arguments.parse_args()
    patches = [patch for patch in sorted(HERE.glob("*.patch")) if not options.names or patch.stem in options.names]
    missed = 0
    with tempfile.TemporaryDirectory() as scratch:
        tree = pathlib.Path(scratch) / "tree"
        shutil.copytree(ROOT, tree, ignore=LEFT_OUT)
        for patch in patches:
            begin = time.monotonic()
            applied = run(["git", "apply", str(patch)], tree)
            failure = applied.stderr if applied.returncode != 0 else build(tree)
            if failure:
                sys.exit(f"{patch.stem}: {failure}")
            found = first_failing(tree, options.seeds)
            missed += found is None
            what = f"seed {found['seed']}: {found['violations'][0].strip()}" if found else f"NOT FOUND in {options.seeds} seeds"
            print(f"{patch.stem}: {what} ({time.monotonic() - begin:.0f} s)", flush=True)
            run(["git", "apply", "-R", str(patch)], tree)
    print(f"{len(patches) - missed} of {len(patches)} found")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
