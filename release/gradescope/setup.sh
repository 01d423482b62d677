#!/usr/bin/env bash
# Gradescope runs this once, when it makes the image of the autograder: installs and builds all that grading needs.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
apt-get update -q
apt-get install -qy --no-install-recommends python3
exec bash /autograder/source/kit install
