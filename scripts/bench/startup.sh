#!/usr/bin/env bash
# Measures what scripts/up.sh takes when everything is built and the database exists, and the memory of
# the five services a little later. On a platform of its own; takes about two minutes once that is made.
#
#   BENCH_RUNS   starts that are measured (3)
#   BENCH_PORT   first of the eight ports it uses (18550)
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
# shellcheck source=/dev/null
. "$ROOT/scripts/bench/platform.sh"
# shellcheck source=/dev/null
. "$ROOT/scripts/lib/process.sh"

SETTLE=10 # seconds between ready and the look at the memory
RUNS=${BENCH_RUNS:-3}
check_number RUNS

median() {
  printf '%s\n' "$@" | sort -n | sed -n "$((($# + 1) / 2))p"
}

total_rss() {
  local service total=0
  for service in $A2G_SERVICES; do
    total=$((total + $(rss_mib "$(cat "$A2G_LOCAL_DIR/run/$service/pid")")))
  done
  echo $total
}

start_platform
seconds=() rss=()
for ((run = 1; run <= RUNS; run++)); do
  stop_platform
  began=$(now_ms)
  "$ROOT/scripts/up.sh" >/dev/null
  seconds+=("$(seconds_since "$began")")
  sleep $SETTLE
  rss+=("$(total_rss)")
  say "start $run of $RUNS: ready in ${seconds[-1]} s, ${rss[-1]} MiB in all five services"
done

say
say "up.sh, built and with a database: $(median "${seconds[@]}") s (median of $RUNS; wanted: under 20 s on two cores)"
say "five services, idle: $(median "${rss[@]}") MiB resident (wanted: under 1638)"
file=$BENCH_RESULTS/startup.json
printf '{"measured_at":"%s","processors":%s,"seconds":[%s],"rss_mib":[%s]}\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" \
  "$(getconf _NPROCESSORS_ONLN)" "$(IFS=, && echo "${seconds[*]}")" "$(IFS=, && echo "${rss[*]}")" >"$file"
say "all figures in $file"
