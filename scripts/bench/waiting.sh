#!/usr/bin/env bash
# What clients that hardly send or read anything cost others: 200 silent, 200 dripping and 50 slow-reading connections
# to chat-service, and the reads of another user beside them. Wanted: a p99 of at most twice the quiet one, and no refusal.
#
#   BENCH_ROUNDS    rounds, each quiet and loaded (3)
#   BENCH_SECONDS   seconds of each (15)
#   BENCH_PORT      first of the six ports it uses (18550)
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
# shellcheck source=/dev/null
. "$ROOT/scripts/bench/platform.sh"
for part in process jdk packages build services system_test; do
  # shellcheck source=/dev/null
  . "$ROOT/scripts/lib/$part.sh"
done
BENCH_ROUNDS=${BENCH_ROUNDS:-3}
BENCH_SECONDS=${BENCH_SECONDS:-15}
check_number BENCH_ROUNDS
check_number BENCH_SECONDS
export BENCH_ROUNDS BENCH_SECONDS
# What is silent has no credential, and must be let in to be silent.
export A2G_RATE_LIMIT_FAILURES=0

start_platform
load_settings
ensure_jdk
build_system_test
file=$BENCH_RESULTS/waiting.json
system_test io.a2g.systemtest.bench.Waiting "$file"
say "all figures in $file"
