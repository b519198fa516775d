#!/usr/bin/env bash
# Measures what scripts/up.sh takes when everything is built and the database exists, what of it each service
# spends on its migrations, of which none is pending, and the memory of the five services a little later. On a platform of its own; takes about two minutes once that is made.
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

# migration_ms <service…>: milliseconds that each says its migrations took, one service a line.
migration_ms() {
  local service
  for service in "$@"; do
    sed -n 's/.*[^0-9]0 migrations applied now, in \([0-9]*\) ms.*/\1/p' "$A2G_LOCAL_DIR/log/$service.log" | tail -n 1
  done
}

# Ends user-service and starts it while the four others do nothing.
restart_alone() {
  local pid
  pid=$(cat "$A2G_LOCAL_DIR/run/user-service/pid")
  kill "$pid"
  while kill -0 "$pid" 2>/dev/null; do sleep 0.2; done
  "$ROOT/scripts/up.sh" >/dev/null
}

start_platform
seconds=() rss=() together=() alone=()
for ((run = 1; run <= RUNS; run++)); do
  stop_platform
  began=$(now_ms)
  "$ROOT/scripts/up.sh" >/dev/null
  seconds+=("$(seconds_since "$began")")
  # shellcheck disable=SC2086 # a list of names
  while read -r ms; do together+=("$ms"); done < <(migration_ms $A2G_SERVICES)
  sleep $SETTLE
  rss+=("$(total_rss)")
  say "start $run of $RUNS: ready in ${seconds[-1]} s, ${rss[-1]} MiB in all five services"
done
for ((run = 1; run <= RUNS; run++)); do
  restart_alone
  alone+=("$(migration_ms user-service)")
done

say
say "up.sh, built and with a database: $(median "${seconds[@]}") s (median of $RUNS; wanted: under 20 s on two cores)"
say "migrations of user-service, none pending: $(median "${alone[@]}") ms (median of $RUNS starts alone; wanted: under 150 ms); $(median "${together[@]}") ms when five start at once"
say "five services, idle: $(median "${rss[@]}") MiB resident (wanted: under 1638)"
file=$BENCH_RESULTS/startup.json
printf '{"measured_at":"%s","processors":%s,"seconds":[%s],"rss_mib":[%s],"migration_ms":[%s],"migration_together_ms":[%s]}\n' "$(date -u +%Y-%m-%dT%H:%M:%SZ)" \
  "$(getconf _NPROCESSORS_ONLN)" "$(IFS=, && echo "${seconds[*]}")" "$(IFS=, && echo "${rss[*]}")" \
  "$(IFS=, && echo "${alone[*]}")" "$(IFS=, && echo "${together[*]}")" >"$file"
say "all figures in $file"
