#!/usr/bin/env bash
# What authenticating a request costs when its caller is remembered, by API key and by access token: JMH, in
# a JVM with the services' own options. Starts no server; a minute once they are built.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
# shellcheck source=/dev/null
. "$ROOT/scripts/bench/platform.sh"
for part in process jdk packages build services system_test; do
  # shellcheck source=/dev/null
  . "$ROOT/scripts/lib/$part.sh"
done
WANTED_US=200
FILES=$(mktemp -d)

tidy_up() {
  [ -z "$TASK_PID" ] || kill -TERM "$TASK_PID" 2>/dev/null || true
  rm -rf "$FILES"
}

run_benchmark() {
  local log=$LOG_DIR/bench-authentication.log
  run_task 'measuring' "$log" bounded 300 "$JAVA" "${JAVA_FLAGS[@]}" \
    -cp "$SYSTEM_TEST/target/test-classes:$(system_test_path)" \
    org.openjdk.jmh.Main -foe true -rf csv -rff "$FILES/result.csv" AuthenticationBenchmark ||
    explain_failure "$log" 'the benchmark failed'
}

# Name, µs and the half width of its 99.9 % confidence interval, one line for each way to authenticate.
figures() {
  awk -F, 'NR > 1 { gsub(/"/, ""); sub(/.*\./, "", $1); printf "%s %.1f %.1f\n", $1, $5, $6 }' "$FILES/result.csv"
}

trap tidy_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
load_settings
make_local_dir
ensure_jdk
choose_java_flags
build_system_test
run_benchmark

say
say "one thread that waits for nothing, so time is CPU time (more when something else runs); wanted: under $WANTED_US µs"
figures | while read -r name us error; do
  printf '%-12s %8s µs a request (± %s)\n' "$name" "$us" "$error"
done
file=$BENCH_RESULTS/authentication.json
printf '{"measured_at":"%s","processors":%s,"wanted_us":%s,"results":[%s]}\n' \
  "$(date -u +%Y-%m-%dT%H:%M:%SZ)" "$(getconf _NPROCESSORS_ONLN)" $WANTED_US \
  "$(figures | awk '{ printf "%s{\"credential\":\"%s\",\"us\":%s,\"error_us\":%s}", (NR > 1 ? "," : ""), $1, $2, $3 }')" >"$file"
say "all figures in $file"
