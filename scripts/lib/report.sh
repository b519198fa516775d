# The table that up.sh and status.sh print.

# Prints one line per service; returns 0 when all are ready, 1 when some are not, 3 when none runs.
print_services() {
  local service pid all=0 running=0 ready=0 total=0 rss state
  printf '%-16s %-28s %-10s %8s %10s %8s\n' SERVICE URL STATE PID 'READY (s)' 'RSS (MiB)'
  for service in $A2G_SERVICES; do
    all=$((all + 1))
    read_state "$service"
    pid='' rss=- state=stopped
    if pid=$(service_pid "$service"); then
      running=$((running + 1)) state='not ready' rss=$(rss_mib "$pid")
      if service_is_ready "$STATE_HOST" "$STATE_PORT"; then ready=$((ready + 1)) state=ready; fi
      [ "$rss" = - ] || total=$((total + rss))
    fi
    printf '%-16s %-28s %-10s %8s %10s %8s\n' "$service" "$(service_url "$service")" "$state" "${pid:--}" "${pid:+${STATE_SECONDS:--}}" "$rss"
  done
  printf '%-16s %-28s %-10s %8s %10s %8s\n' total '' "$ready of $all" '' '' "$total"
  print_database
  if [ $running -eq 0 ]; then return 3; fi
  [ $ready -eq $all ] || return 1
}

service_url() {
  local port=${STATE_PORT:-$(service_port "$1")}
  echo "http://$(probe_host "${STATE_HOST:-$A2G_HOST}"):$port"
}

print_database() {
  local pid
  if pid=$(postgres_pid); then
    say "PostgreSQL on 127.0.0.1:$(sed -n 4p "$PG_DATA/postmaster.pid"), process $pid, data in $PG_DATA"
  fi
  read_state user-service
  [ -z "$STATE_DB" ] || say "database of the services: $STATE_DB"
}

print_addresses() {
  local service
  say "API documentation: <URL>/swagger-ui/index.html, for example $(read_state user-service && service_url user-service)/swagger-ui/index.html"
  if [ -s "$A2G_LOCAL_DIR/admin-api-key" ]; then
    say "API key of the first administrator: in $A2G_LOCAL_DIR/admin-api-key"
  fi
  say "logs: $LOG_DIR · stop: scripts/down.sh · look: scripts/status.sh"
}
