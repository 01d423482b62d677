#!/usr/bin/env bash
# A small class, graded as an instructor does it: each verdict is the one that was known beforehand, and a second run
# grades nothing. The arguments are class_of, ./kit class, and a folder to work in.
set -euo pipefail
class_of=$1 grade_class=$2 place=$3
rm -rf "$place"
mkdir -p "$place"
"$class_of" make 6 "$place/handed-in" ch04
"$grade_class" "$place/handed-in" --chapters ch04 --out "$place/out"
"$class_of" check 6 "$place/out/class.json" ch04
"$grade_class" "$place/handed-in" --chapters ch04 --out "$place/out" | tee "$place/again.txt"
grep -q '^Programs: 0 graded now' "$place/again.txt"
test -s "$place/out/index.html"
