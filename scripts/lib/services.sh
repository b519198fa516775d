# Starts, watches and stops the five services.

STARTED_SERVICES=''

# Prints the PID when this folder's process of that service lives.
service_pid() {
  own_process "$A2G_LOCAL_DIR/run/$1/pid" "$A2G_LOCAL_DIR/run/$1/"
}

# What was noted when a service was started: build, host, port, database, seconds until it was ready.
# Sets STATE_BUILD, STATE_HOST, STATE_PORT, STATE_DB and STATE_SECONDS.
read_state() {
  STATE_BUILD='' STATE_HOST='' STATE_PORT='' STATE_DB='' STATE_SECONDS=''
  [ -s "$A2G_LOCAL_DIR/run/$1/state" ] || return 0
  read -r STATE_BUILD STATE_HOST STATE_PORT STATE_DB STATE_SECONDS <"$A2G_LOCAL_DIR/run/$1/state" || true
}

write_state() {
  echo "$(jar_id "$1") $A2G_HOST $(service_port "$1") $DB_LABEL $2" >"$A2G_LOCAL_DIR/run/$1/state"
}

# Small-machine settings. A small first heap and giving C memory back every ten seconds save 60 MiB per
# service at no cost in start-up time; beans worked out at build time save another 60. Sets JAVA_FLAGS.
choose_java_flags() {
  JAVA_FLAGS=(
    -XX:+UseSerialGC "-Xmx$A2G_SERVICE_MEMORY" -Xms64m -Xss512k
    -XX:+UseCompactObjectHeaders -XX:TrimNativeHeapInterval=10000 -XX:+ExitOnOutOfMemoryError
    --enable-native-access=ALL-UNNAMED -Dspring.aot.enabled=true
    # What the JVM could not put into its start-up cache is no news for a reader of the log.
    "-Xlog:aot*=off"
  )
}

# The address of user-service as clients and browsers know it.
platform_issuer() {
  echo "${A2G_ISSUER:-http://$(probe_host "$A2G_HOST"):$(service_port user-service)}"
}

# Draws the key that secrets in the database are encrypted with, once. It is never in the database or its backups;
# whoever loses it has to make new signing keys.
make_master_key() {
  [ -z "${A2G_MASTER_KEYS:-}${A2G_MASTER_KEYS_FILE:-}" ] || return 0
  local file=$A2G_LOCAL_DIR/master-keys
  [ -s "$file" ] || write_master_key "$file" "$file.$BASHPID" || die "cannot write $file; is the disk full?"
  export A2G_MASTER_KEYS_FILE=$file
}

# Several may start at once, and only the first key counts: a link does not replace what is there.
write_master_key() {
  (umask 077 && draw_master_key >"$2") && { ln "$2" "$1" 2>/dev/null || [ -s "$1" ]; }
  local code=$?
  rm -f "$2"
  return $code
}

# Its id tells keys of different days and machines apart.
draw_master_key() {
  local key
  key=$(head -c 32 /dev/urandom | base64 | tr -d '\n')
  [ ${#key} -eq 44 ] && printf 'k%s-%s:%s\n' "$(date -u +%Y%m%d)" "$(random_password | head -c 6)" "$key"
}

# launch_service <service> [JVM option…]: starts it in the background and writes its PID file.
launch_service() {
  local service=$1 dir run=$A2G_LOCAL_DIR/run/$1 log=$LOG_DIR/$1.log detach=nohup
  shift
  make_master_key
  dir=$(app_dir "$service")
  ! command -v setsid >/dev/null || detach=setsid
  (
    export_database "$service"
    export_peers "$(service_schema "$service")"
    export SERVER_ADDRESS=$A2G_HOST
    FILE_STORAGE_DIR=$(uploads_dir) && export FILE_STORAGE_DIR
    SERVER_PORT=$(service_port "$service") && export SERVER_PORT
    A2G_ISSUER=$(platform_issuer) && export A2G_ISSUER
    export ADMIN_API_KEY_FILE=$A2G_LOCAL_DIR/admin-api-key MALLOC_ARENA_MAX=2
    # A folder of its own: what a killed JVM leaves there goes at the next start.
    rm -rf "$run/tmp" && mkdir "$run/tmp" && cd "$run" || exit
    exec $detach "$JAVA" "${JAVA_FLAGS[@]}" "-XX:ErrorFile=$LOG_DIR/$service-crash.log" "-Djava.io.tmpdir=$run/tmp" "$@" -jar "$dir/$service.jar"
  ) >>"$log" 2>&1 </dev/null 9>&- &
  echo $! >"$run/pid"
  disown $! # bash would report its end otherwise
  await_command "$service" $!
  STARTED_SERVICES="$STARTED_SERVICES $service"
}

# Only when the JVM has taken the place of the shell does the PID file tell who it is.
await_command() {
  local tries=0
  until service_pid "$1" >/dev/null || ! kill -0 "$2" 2>/dev/null || [ $tries -ge 100 ]; do
    tries=$((tries + 1))
    sleep 0.02
  done
}

# Starts a service for use, with its cache when there is one.
start_service() {
  local options=()
  rotate_log "$LOG_DIR/$1.log"
  if cache_is_good "$1"; then options=("-XX:AOTCache=$(cache_file "$1")"); fi
  launch_service "$1" ${options[@]+"${options[@]}"}
  write_state "$1" -
}

service_is_ready() {
  [ "$(http_status "$(probe_host "$1")" "$2" /actuator/health/readiness)" = 200 ]
}

# Waits until all of them are ready; dies with the cause when one ends or takes too long.
wait_until_ready() {
  local pending=$* began end still service
  began=$(now_ms) end=$((SECONDS + A2G_START_TIMEOUT))
  while [ -n "$pending" ]; do
    still=''
    for service in $pending; do
      read_state "$service"
      if service_is_ready "$STATE_HOST" "$STATE_PORT"; then
        [ "$STATE_SECONDS" != - ] || service_became_ready "$service" "$(seconds_since "$began")"
      else
        service_pid "$service" >/dev/null || start_again "$service" || retry_without_cache "$service" || service_died "$service"
        still="$still $service"
      fi
    done
    pending=${still# }
    [ -z "$pending" ] || [ $SECONDS -lt $end ] || service_is_late "${pending%% *}"
    [ -z "$pending" ] || sleep 0.4
  done
}

service_became_ready() {
  write_state "$1" "$2"
  say "  $1 is ready after $2 s"
}

# One that this run found running may have been told to stop just before.
start_again() {
  case " $STARTED_SERVICES " in *" $1 "*) return 1 ;; esac
  say "  $1 has stopped; starting it again"
  extract_service "$1"
  extract_service user-service
  prepare_database
  start_service "$1"
}

# A service that was ready and does not answer any more is on its way out: it must be gone before it is started again.
await_stopping_services() {
  local service pid
  for service in $A2G_SERVICES; do
    pid=$(service_pid "$service") || continue
    read_state "$service"
    [ "${STATE_SECONDS:--}" != - ] && ! port_answers "$(probe_host "$STATE_HOST")" "$STATE_PORT" || continue
    say "$service is stopping"
    wait_gone "$A2G_STOP_TIMEOUT" "$pid" || kill_hard "$pid"
  done
}

# A cache that breaks the JVM itself is thrown away and the service started once more without it.
retry_without_cache() {
  [ -e "$(cache_file "$1")" ] && grep -aqs 'fatal error has been detected by the Java Runtime\|Error occurred during initialization of VM' "$LOG_DIR/$1.log" || return 1
  say "  $1: its start-up cache is broken; starting without it"
  drop_cache "$1"
  start_service "$1"
}

service_died() {
  local log=$LOG_DIR/$1.log
  explain_failure "$log" "$1 stopped while starting: $(service_cause "$log")"
}

service_is_late() {
  local log=$LOG_DIR/$1.log line
  line=$(grep -a ' \(WARN\|ERROR\) ' "$log" | tail -n 1 || true)
  explain_failure "$log" "$1 was not ready within $A2G_START_TIMEOUT s (A2G_START_TIMEOUT)${line:+; its last complaint: $line}"
}

# The one line of a log that says why: Boot's own analysis, the innermost exception, or the last words.
service_cause() {
  local line
  line=$(sed -n '/^APPLICATION FAILED TO START/,$p' "$1" | sed -n '/^Description:/,/^Action:/p' | grep -av '^\(Description\|Action\):$' | grep -am 1 '[a-zA-Z]' || true)
  [ -n "$line" ] || line=$(grep -a '^Caused by: ' "$1" | tail -n 1 || true)
  [ -n "$line" ] || line=$(grep -a '^[A-Za-z0-9_.$]*\(Exception\|Error\): ' "$1" | tail -n 1 || true)
  [ -n "$line" ] || line=$(grep -a '^Error\| ERROR ' "$1" | tail -n 1 || true)
  [ -n "$line" ] || line=$(last_words "$1")
  echo "${line#Caused by: }"
}

# stop_services <service…>: all at once, politely first.
stop_services() {
  local service pid pids=''
  for service in "$@"; do
    if pid=$(service_pid "$service"); then
      kill -TERM "$pid" 2>/dev/null || true
      pids="$pids $pid"
    fi
    rm -f "$A2G_LOCAL_DIR/run/$service/pid"
  done
  for pid in $pids; do
    if ! wait_gone "$A2G_STOP_TIMEOUT" "$pid"; then
      say "process $pid did not stop in $A2G_STOP_TIMEOUT s; killing it"
      kill_hard "$pid"
    fi
  done
}
