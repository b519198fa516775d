# shellcheck shell=bash
# A platform of the benchmarks' own, so that they disturb nobody's data: its folder, its ports, its end.
# Sourced by the scripts beside it; needs ROOT to be set.
# shellcheck source=/dev/null
. "$ROOT/scripts/lib/common.sh"

BENCH_PORT=${BENCH_PORT:-18550}
check_number BENCH_PORT
export BENCH_RESULTS=$ROOT/.local/bench
export A2G_LOCAL_DIR=$BENCH_RESULTS/platform A2G_HOST=127.0.0.1
export A2G_DB_PORT=$((BENCH_PORT)) USER_SERVICE_PORT=$((BENCH_PORT + 1)) AGENT_SERVICE_PORT=$((BENCH_PORT + 2))
export CHAT_SERVICE_PORT=$((BENCH_PORT + 3)) TRACING_SERVICE_PORT=$((BENCH_PORT + 4)) ADMIN_SERVICE_PORT=$((BENCH_PORT + 5))
export BENCH_PEER_PORT=$((BENCH_PORT + 6)) BENCH_BARE_PORT=$((BENCH_PORT + 7))
unset DATABASE_URL A2G_ADMIN_API_KEY {USER,AGENT,CHAT,TRACING,ADMIN}_SERVICE_URL
# One key sends everything here; the limiter works as always, but never refuses.
export A2G_RATE_LIMIT_USER=1000000000 A2G_RATE_LIMIT_KEY=1000000000

# require_tool <command> <how to get it>
require_tool() {
  command -v "$1" >/dev/null || die "$1 is missing; get it with $2"
}

start_platform() {
  trap stop_platform EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  "$ROOT/scripts/up.sh"
  say
}

stop_platform() {
  "$ROOT/scripts/down.sh" >/dev/null
}
