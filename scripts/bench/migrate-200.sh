#!/usr/bin/env bash
# Applies 200 generated migrations to an empty database, by our upgrade and by plain Flyway in turns, and
# measures how long `migrate current` and `migrate check` of user-service take from the jar. Only the embedded
# PostgreSQL runs; three minutes once built.
#
#   BENCH_ROUNDS   rounds of both (8)
#   BENCH_RUNS     runs of current and of check (7)
#   BENCH_PORT     the port of PostgreSQL (18550)
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
# shellcheck source=/dev/null
. "$ROOT/scripts/bench/platform.sh"
for part in process jdk packages build postgres database split migrate system_test; do
  # shellcheck source=/dev/null
  . "$ROOT/scripts/lib/$part.sh"
done
BENCH_ROUNDS=${BENCH_ROUNDS:-8} BENCH_RUNS=${BENCH_RUNS:-7}
check_number BENCH_ROUNDS
check_number BENCH_RUNS
FILES=$(mktemp -d)

tidy_up() {
  rm -rf "$FILES"
  release_lock
  stop_platform
}

median() {
  printf '%s\n' "$@" | sort -n | sed -n "$((($# + 1) / 2))p"
}

prepare() {
  load_settings
  make_local_dir
  load_postgres_settings
  trap tidy_up EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  ensure_jdk
  build_tools_if_changed user-service
  extract_service user-service
  build_system_test
  start_postgres
  BENCH_URL=postgresql://$PG_SUPERUSER:$(cat "$PG_PASSWORD_FILE")@127.0.0.1:$PG_PORT/postgres
  export BENCH_URL BENCH_ROUNDS
}

# tool_ms <jar> <command>: milliseconds of one run, on a database that has nothing applied.
tool_ms() {
  local began
  began=$(now_ms)
  MIGRATION_DATABASE_URL=$BENCH_URL "$JAVA" -jar "$1" migrate "$2" >/dev/null
  echo $(($(now_ms) - began))
}

prepare
app=$(app_dir user-service)
figures=$(system_test io.a2g.systemtest.bench.Migrate200 "$FILES")
packed=() unpacked=() checks=()
for ((run = 1; run <= BENCH_RUNS; run++)); do
  packed+=("$(tool_ms "$(service_jar user-service)" current)")
  unpacked+=("$(tool_ms "$app/user-service.jar" current)")
  checks+=("$(tool_ms "$(service_jar user-service)" check)")
done

say
say "200 migrations from empty: ${figures//\"/} (medians; wanted: ratio under 1.1)"
say "migrate current: $(median "${packed[@]}") ms from the jar, $(median "${unpacked[@]}") ms unpacked (medians of $BENCH_RUNS; wanted: under 1500 ms)"
say "migrate check of user-service: $(median "${checks[@]}") ms from the jar (median of $BENCH_RUNS; wanted: under 10000 ms)"
file=$BENCH_RESULTS/migrate-200.json
printf '{"measured_at":"%s","processors":%s,%s,"current_ms":[%s],"current_unpacked_ms":[%s],"check_ms":[%s]}\n' \
  "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$(getconf _NPROCESSORS_ONLN)" "$figures" \
  "$(IFS=, && echo "${packed[*]}")" "$(IFS=, && echo "${unpacked[*]}")" \
  "$(IFS=, && echo "${checks[*]}")" >"$file"
say "all figures in $file"
