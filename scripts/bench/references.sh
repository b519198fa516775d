#!/usr/bin/env bash
# What a pin costs beside a real foreign key: pgbench inserts children of 100,000 users (and agents), in the
# same database, as a service's own role, with durable commits. Only the embedded PostgreSQL runs; eleven minutes.
#
#   BENCH_ROUNDS    rounds; in each every kind runs once, in random order (9)
#   BENCH_SECONDS   seconds of one run (2)
#   BENCH_PORT      the port of PostgreSQL (18550)
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
# shellcheck source=/dev/null
. "$ROOT/scripts/bench/platform.sh"
for part in process jdk packages build postgres database split migrate; do
  # shellcheck source=/dev/null
  . "$ROOT/scripts/lib/$part.sh"
done
BENCH_ROUNDS=${BENCH_ROUNDS:-9} BENCH_SECONDS=${BENCH_SECONDS:-2}
check_number BENCH_ROUNDS
check_number BENCH_SECONDS
require_tool pgbench 'package postgresql-contrib or postgresql-client of your system'
require_tool psql 'package postgresql-client of your system'
PARENTS=100000
KINDS='none naive fk pin fk_transaction pin_transaction pin_alone_transaction fk_two pin_two fk_named pin_named'
FILES=$(mktemp -d)
PG_DATABASE=reference_bench

tidy_up() {
  rm -rf "$FILES"
  release_lock
  stop_platform
}

# A database of its own, made anew, with the product's functions from the product's migrations.
prepare() {
  load_settings
  make_local_dir
  load_postgres_settings
  trap tidy_up EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  ensure_jdk
  build_tools_if_changed user-service agent-service
  extract_service user-service
  start_postgres
  PGPASSWORD=$(cat "$PG_PASSWORD_FILE")
  export PGPASSWORD PGHOST=127.0.0.1 PGPORT=$PG_PORT PGUSER=$PG_SUPERUSER
  psql -qXd postgres -c 'SET client_min_messages = warning' -c "DROP DATABASE IF EXISTS $PG_DATABASE"
  EXTERNAL_URL='' LOCAL_PLATFORM=running
  prepare_database
  local service
  for service in user-service agent-service; do
    run_tool $service upgrade head >"$LOG_DIR/bench-migrate.log" 2>&1 ||
      explain_failure "$LOG_DIR/bench-migrate.log" "cannot migrate for $service"
  done
  psql -qXd $PG_DATABASE -v parents=$PARENTS -f "$ROOT/scripts/bench/references/schema.sql"
  PGUSER=chat_app PGPASSWORD=$(sed -n 's/^CHAT_APP_PASSWORD=//p' "$ROLES_FILE")
}

# What ended processes of the server have used of the processors, in clock ticks; "-" where it cannot be read.
server_ticks() {
  awk '{ print $16 + $17 }' "/proc/$(postgres_pid)/stat" 2>/dev/null || echo -
}

# measure <kind> <clients>: transactions per second and the server's CPU µs per transaction, on an empty child
# table, with nothing left to write from the run before.
measure() {
  local log=$FILES/pgbench.log threads=$2 before after cpu=0
  [ "$threads" -le 2 ] || threads=2
  psql -qXd $PG_DATABASE -c "TRUNCATE bench.$1"
  PGUSER=$PG_SUPERUSER PGPASSWORD=$(cat "$PG_PASSWORD_FILE") psql -qXd $PG_DATABASE -c CHECKPOINT
  before=$(server_ticks)
  pgbench -n -M prepared -c "$2" -j "$threads" -T "$BENCH_SECONDS" -D parents=$PARENTS \
    -f "$ROOT/scripts/bench/references/$1.sql" $PG_DATABASE >"$log" 2>&1 || explain_failure "$log" "pgbench failed with $1"
  sleep 0.1 # until the server has taken leave of its processes
  after=$(server_ticks)
  grep -q 'failed transactions: 0 ' "$log" || explain_failure "$log" "transactions of $1 failed"
  ! grep -q 'actually processed: 0$' "$log" || die "no transaction of $1 ended in $BENCH_SECONDS s; set BENCH_SECONDS higher"
  [ "$after" = - ] || cpu=$(((after - before) * 1000000 / $(getconf CLK_TCK)))
  awk -v cpu=$cpu '/actually processed/ { n = $NF; sub(/\/.*/, "", n) } /^tps = / { tps = $3 } END { printf "%s %.1f\n", tps, cpu / n }' "$log"
}

# medians <clients>: of each kind's transactions per second, of its ratio to the foreign key in the same round
# (with the lowest and the highest), of its CPU time and of that one's ratio.
medians() {
  awk -v clients="$1" -v kinds="$KINDS" '
    function median(list, n,   i, j, t) {
      for (i = 2; i <= n; i++) for (j = i; j > 1 && list[j - 1] > list[j]; j--) { t = list[j]; list[j] = list[j - 1]; list[j - 1] = t }
      return n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
    }
    $1 == clients { tps[$2, $3] = $4; cpu[$2, $3] = $5; if ($2 > rounds) rounds = $2 }
    END {
      count = split(kinds, kind, " ")
      for (k = 1; k <= count; k++) {
        base = "fk"
        if (match(kind[k], /_(two|named|transaction)$/)) base = base substr(kind[k], RSTART)
        for (r = 1; r <= rounds; r++) {
          speed[r] = tps[r, kind[k]]; ratio[r] = speed[r] / tps[r, base]
          used[r] = cpu[r, kind[k]]; share[r] = cpu[r, base] > 0 ? used[r] / cpu[r, base] : 0
        }
        s = median(speed, rounds); q = median(ratio, rounds); u = median(used, rounds); v = median(share, rounds)
        printf "%s %s %.0f %.2f %.2f %.2f %.0f %.2f\n", clients, kind[k], s, q, ratio[1], ratio[rounds], u, v
      }
    }' "$FILES/tps"
}

prepare
for ((round = 1; round <= BENCH_ROUNDS; round++)); do
  for clients in 1 16; do
    for kind in $(printf '%s\n' $KINDS | shuf); do
      echo "$clients $round $kind $(measure "$kind" "$clients")" >>"$FILES/tps"
    done
  done
  say "round $round of $BENCH_ROUNDS"
done

say
say 'medians; CPU is what the server used for one transaction; the ratio is to the foreign key of the same kind of transaction in the same round; wanted: 0.80 or more for pins, except pin_alone, which stands for edits'
printf '%-8s %-22s %10s %8s %16s %8s %8s\n' clients kind tx/s ratio 'lowest, highest' 'CPU µs' ratio
for clients in 1 16; do medians $clients; done | tee "$FILES/medians" |
  while read -r clients kind tps ratio low high cpu share; do
    printf '%-8s %-22s %10s %8s %16s %8s %8s\n' "$clients" "$kind" "$tps" "$ratio" "$low, $high" "$cpu" "$share"
  done
file=$BENCH_RESULTS/references.json
{
  printf '{"measured_at":"%s","processors":%s,"parents":%s,"rounds":%s,"seconds":%s,"results":[' \
    "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$(getconf _NPROCESSORS_ONLN)" $PARENTS "$BENCH_ROUNDS" "$BENCH_SECONDS"
  awk '{ printf "%s{\"clients\":%s,\"kind\":\"%s\",\"tps\":%s,\"ratio\":%s,\"lowest\":%s,\"highest\":%s,\"cpu_us\":%s,\"cpu_ratio\":%s}", (NR > 1 ? "," : ""), $1, $2, $3, $4, $5, $6, $7, $8 }' "$FILES/medians"
  printf ']}\n'
} >"$file"
say "all figures in $file"
