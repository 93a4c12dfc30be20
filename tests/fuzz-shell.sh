#!/bin/sh
# A longer fuzz run over the shell reader: any text must have one reading, without a crash. CI runs 5,000 texts; this runs
# as many as asked for (default 2,000,000, some minutes). A failure prints the seed and the shrunk text.
# Usage: tests/fuzz-shell.sh [texts]
set -eu
cd "$(dirname "$0")/.."
SEPTIM_FUZZ_ITERATIONS="${1:-2000000}" exec dotnet test --project tests/Septim.Hooks.Tests -- --filter-method '*PropertyTests.Any_text_has_one_reading'
