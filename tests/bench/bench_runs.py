#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The bench works: a short run of the floor alone, and what it writes.

usage: bench_runs.py BENCH
"""
import csv
import json
import os
import subprocess
import sys
import tempfile

SKIPPED = 77
ROUNDS = 3


def check_files(json_path, csv_path):
    """What is wrong with the files, or None."""
    with open(json_path, encoding="utf-8") as text:
        rows = json.load(text)
    if [row["name"] for row in rows] != ["floor"]:
        return f"not one row of the floor: {rows}"
    row = rows[0]
    keys = ["name", "n", "min_us", "median_us", "p99_us", "ratio_to_floor"]
    if list(row) != keys or row["n"] != ROUNDS or row["ratio_to_floor"] != 1:
        return f"not a row as promised: {row}"
    if not 0 < row["min_us"] <= row["median_us"] <= row["p99_us"]:
        return f"figures out of order: {row}"
    with open(csv_path, encoding="utf-8", newline="") as text:
        launches = list(csv.DictReader(text))
    fastest = min(float(launch["us"]) for launch in launches)
    if len(launches) != ROUNDS or abs(fastest - row["min_us"]) > 0.06:
        return f"the launches are not those of the figures: {launches}"
    return None


def main():
    bench = sys.argv[1]
    if subprocess.run(["unshare", "--user", "--net", "true"], check=False,
                      capture_output=True).returncode != 0:
        print("no user namespaces for this user")
        return SKIPPED
    with tempfile.TemporaryDirectory() as top:
        json_path = os.path.join(top, "figures.json")
        csv_path = os.path.join(top, "launches.csv")
        done = subprocess.run(
            [bench, "launch", "--rounds", str(ROUNDS), "--only", "floor",
             "--json", json_path, "--csv", csv_path],
            env={**os.environ, "TMPDIR": top}, check=False)
        if done.returncode != 0:
            print(f"the bench ended with {done.returncode}")
            return 1
        wrong = check_files(json_path, csv_path)
        left = sorted(os.listdir(top))
    if not wrong and left != ["figures.json", "launches.csv"]:
        wrong = f"left behind: {left}"
    print(wrong or "ok")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
