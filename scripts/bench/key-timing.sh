#!/usr/bin/env bash
# How long user-service takes over keys it does not know, has revoked, and knows: nobody must learn from the time of a
# refusal whether a key exists.
#
#   TIMING_KEYS   keys of each kind (1000)
#   BENCH_PORT    first of the six ports it uses (18550)
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
# shellcheck source=/dev/null
. "$ROOT/scripts/bench/platform.sh"
for part in process jdk packages build services system_test; do
  # shellcheck source=/dev/null
  . "$ROOT/scripts/lib/$part.sh"
done
TIMING_KEYS=${TIMING_KEYS:-1000}
check_number TIMING_KEYS
# Nothing is refused for its number here.
export A2G_RATE_LIMIT_FAILURES=0 TIMING_KEYS

start_platform
load_settings
ensure_jdk
build_system_test
file=$BENCH_RESULTS/key-timing.json
system_test io.a2g.systemtest.bench.KeyTiming "$file"
say
say 'to unknown: ratio of the medians; slower in: of all pairs with an unknown key (50 %: one look tells nothing)'
say "all figures in $file"
