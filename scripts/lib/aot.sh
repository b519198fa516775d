# The start-up caches (JEP 514): classes already loaded and linked, and the profiles of a training run.
# Made once per build, JDK and set of flags; without them a service starts in about twice the time.

TRAINERS=''
TRAINING_ROUNDS=3

cache_file() {
  echo "$(app_dir "$1")/start-up.aot"
}

# What a cache depends on; a JVM ignores a cache that does not fit, this saves it the attempt.
cache_key() {
  { cat "$JAVA_HOME/release" && echo "${JAVA_FLAGS[*]}" && wc -c <"$(cache_file "$1")"; } | $SHA256 | head -c 16
}

cache_is_good() {
  local file
  [ "$A2G_AOT_CACHE" = on ] || return 1
  file=$(cache_file "$1")
  [ -s "$file" ] && [ -s "$file.key" ] && [ "$(cat "$file.key")" = "$(cache_key "$1")" ]
}

drop_cache() {
  local file
  file=$(cache_file "$1")
  rm -f "$file" "$file.key" "$file.new" "$file.new.config"
}

# make_caches <service…>: a failure costs speed only, so it is said and nothing else.
make_caches() {
  local service needed=''
  [ "$A2G_AOT_CACHE" = on ] || return 0
  for service in "$@"; do
    cache_is_good "$service" || needed="$needed $service"
  done
  [ -n "$needed" ] || return 0
  # shellcheck disable=SC2086 # a list of names
  train_all $needed
}

# As many at a time as there are processors.
train_all() {
  local service slots began
  began=$(now_ms) slots=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
  require_space $((250 * $#)) "$A2G_LOCAL_DIR" 'the start-up caches (A2G_AOT_CACHE=off does without)'
  say "making start-up caches, once per build ($# services; A2G_AOT_CACHE=off skips this)"
  for service in "$@"; do
    while [ "$(living_trainers)" -ge "$slots" ]; do sleep 0.5; done
    STARTED_SERVICES="$STARTED_SERVICES $service"
    train "$service" 9>&- &
    TRAINERS="$TRAINERS $!"
  done
  while [ "$(living_trainers)" -gt 0 ]; do sleep 0.5; done
  TRAINERS=''
  say "start-up caches made in $(seconds_since "$began") s"
}

living_trainers() {
  local pid count=0
  for pid in $TRAINERS; do
    ! kill -0 "$pid" 2>/dev/null || count=$((count + 1))
  done
  echo $count
}

# One training run: a real start on the real port, some requests, a polite stop that writes the cache.
train() {
  local service=$1 file began pid
  began=$(now_ms) file=$(cache_file "$service")
  drop_cache "$service"
  rotate_log "$LOG_DIR/$service.log"
  launch_service "$service" "-XX:AOTCacheOutput=$file.new"
  if trained "$service" && stop_trained "$service" && cache_works "$service" "$file.new" && mv "$file.new" "$file"; then
    cache_key "$service" >"$file.key"
    say "  $service: cache made in $(seconds_since "$began") s"
  else
    if pid=$(service_pid "$service"); then kill_hard "$pid"; fi
    drop_cache "$service"
    say "  $service: no cache, it will start more slowly (log: $LOG_DIR/$service.log)"
  fi
}

trained() {
  local host port end=$((SECONDS + A2G_START_TIMEOUT)) paths path round
  host=$(probe_host "$A2G_HOST") port=$(service_port "$1")
  until service_is_ready "$A2G_HOST" "$port"; do
    service_pid "$1" >/dev/null && [ $SECONDS -lt $end ] || return 1
    sleep 0.5
  done
  paths=$(training_paths "$host" "$port")
  [[ $paths == */api/v1/* ]] || say "  $1: its API document names no paths, so it is trained on its start alone"
  for ((round = 0; round < TRAINING_ROUNDS; round++)); do
    for path in $paths; do
      training_request "$host" "$port" "$path"
    done
  done
}

# The collections of the service's own API document, and what every service has.
training_paths() {
  echo /actuator/health/readiness /v3/api-docs
  http_get "$1" "$2" /v3/api-docs | grep -ao '"/api/v1/[^"{]*"' | tr -d '"' | sort -u || true
}

# Only requests that store nothing: reads with and without a key, and a body that is not JSON.
training_request() {
  local key=''
  [ ! -s "$A2G_LOCAL_DIR/admin-api-key" ] || key=$(cat "$A2G_LOCAL_DIR/admin-api-key")
  http_get "$1" "$2" "$3" >/dev/null || true
  [ -n "$key" ] || return 0
  http_get "$1" "$2" "$3" "Authorization: Bearer $key" >/dev/null || true
  [[ $3 != /api/* ]] || http_send "$1" "$2" "POST $3 HTTP/1.1" '{' "Authorization: Bearer $key" 'Content-Type: application/json' >/dev/null || true
}

# The JVM writes the cache after the application has ended, which takes longer than a usual stop.
stop_trained() {
  local pid
  pid=$(service_pid "$1") || return 1
  kill -TERM "$pid" 2>/dev/null || true
  wait_gone 180 "$pid" || return 1
  rm -f "$A2G_LOCAL_DIR/run/$1/pid"
}

cache_works() {
  [ -s "$2" ] && "$JAVA" "${JAVA_FLAGS[@]}" -XX:AOTMode=on "-XX:AOTCache=$2" -cp "$(app_dir "$1")/$1.jar" -version >/dev/null 2>&1
}
