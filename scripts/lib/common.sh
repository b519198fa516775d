# Settings, messages, the lock and disk space: what every script in this folder starts with.
# Sourced by up.sh, down.sh and status.sh; needs ROOT (the repository's folder) to be set.

REGISTRY=$ROOT/platform-common/kernel/src/main/resources/platform-services.conf
# The services in the order of their migrations.
A2G_SERVICES=$(awk '$1 == "service" { printf "%s%s", gap, $2; gap = " " }' "$REGISTRY")
TASK_PID=''
SHA256=sha256sum
command -v sha256sum >/dev/null || SHA256='shasum -a 256'

say() { printf '%s\n' "$*"; }

# One line that says what happened and what to do; the exit trap then tidies up.
die() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

load_settings() {
  read_secret_files
  A2G_HOST=${A2G_HOST:-127.0.0.1}
  A2G_DB_PORT=${A2G_DB_PORT:-5442}
  A2G_SERVICE_MEMORY=${A2G_SERVICE_MEMORY:-192m}
  A2G_LOCAL_DIR=${A2G_LOCAL_DIR:-$ROOT/.local}
  A2G_START_TIMEOUT=${A2G_START_TIMEOUT:-300}
  A2G_STOP_TIMEOUT=${A2G_STOP_TIMEOUT:-30}
  A2G_AOT_CACHE=${A2G_AOT_CACHE:-on}
  A2G_INSTALL=${A2G_INSTALL:-yes}
  A2G_MIN_FREE_MIB=${A2G_MIN_FREE_MIB:-}
  check_settings
  case $A2G_LOCAL_DIR in /*) ;; *) A2G_LOCAL_DIR=$PWD/$A2G_LOCAL_DIR ;; esac
  LOG_DIR=$A2G_LOCAL_DIR/log
}

# What may stand in a file instead, as Docker and Kubernetes mount it: X_FILE names the file with X.
read_secret_files() {
  local name file value
  for name in DATABASE_URL MIGRATION_DATABASE_URL DB_PASSWORD MIGRATION_DB_PASSWORD POSTGRES_PASSWORD; do
    file=${name}_FILE
    [ -n "${!file:-}" ] || continue
    value=$(cat "${!file}" 2>/dev/null) && [ -n "$value" ] || die "$file is '${!file}', which cannot be read or is empty"
    [ -z "${!name:-}" ] || [ "${!name}" = "$value" ] || die "$name and $file are both set and differ; unset one of them"
    export "$name=$value"
    unset "$file"
  done
}

check_settings() {
  local service name port ports=' '
  for service in '' $A2G_SERVICES; do
    if [ -z "$service" ]; then name=A2G_DB_PORT port=$A2G_DB_PORT; else name=$(port_variable "$service") port=$(service_port "$service"); fi
    if ! [[ $port =~ ^[1-9][0-9]{0,4}$ ]] || [ "$port" -gt 65535 ]; then
      die "$name is '$port'; give a port from 1 to 65535"
    fi
    [[ $ports != *" $port "* ]] || die "$name is $port, which another part uses too; give each part its own port"
    ports="$ports$port "
  done
  [[ $A2G_SERVICE_MEMORY =~ ^[1-9][0-9]{0,5}[mMgG]$ ]] ||
    die "A2G_SERVICE_MEMORY is '$A2G_SERVICE_MEMORY'; give a number with m or g, as in 192m"
  [[ $A2G_SERVICE_MEMORY == *[gG] ]] || [ "${A2G_SERVICE_MEMORY%[mM]}" -ge 96 ] ||
    die "A2G_SERVICE_MEMORY is $A2G_SERVICE_MEMORY; a service needs at least 96m"
  check_number A2G_START_TIMEOUT && check_number A2G_STOP_TIMEOUT
  [[ $A2G_AOT_CACHE == on || $A2G_AOT_CACHE == off ]] || die "A2G_AOT_CACHE is '$A2G_AOT_CACHE'; give on or off"
  [[ $A2G_INSTALL == yes || $A2G_INSTALL == no ]] || die "A2G_INSTALL is '$A2G_INSTALL'; give yes or no"
  [ -z "$A2G_MIN_FREE_MIB" ] || check_number A2G_MIN_FREE_MIB
}

check_number() {
  [[ ${!1} =~ ^[0-9]{1,6}$ ]] || die "$1 is '${!1}'; give a whole number"
}

# registered <service> <column>: what the registry says about a service; column 3 is its schema, 4 its port.
registered() {
  awk -v name="$1" -v column="$2" '$1 == "service" && $2 == name { print $column }' "$REGISTRY"
}

# user-service → USER_SERVICE_PORT
port_variable() {
  echo "$(upper "$1")_PORT"
}

# The port of a service: that of its variable, or its default.
service_port() {
  local name
  name=$(port_variable "$1")
  echo "${!name:-$(registered "$1" 4)}"
}

# user-service → USER_SERVICE
upper() {
  printf '%s' "$1" | tr '[:lower:]-' '[:upper:]_'
}

service_schema() {
  registered "$1" 3
}

# related_services <service>: itself, and those that refer to its rows or own rows that it refers to; all for the owner of
# users, whose credentials everybody asks for.
related_services() {
  awk -v own="$1" '
    $1 == "service" { order[++count] = $2; schema[$2] = $3; refers[$2] = "," $5 "," }
    $1 == "target" { owner[$2] = $3 }
    function refer(from, to,   target) {
      for (target in owner) if (owner[target] == schema[to] && index(refers[from], "," target ",")) return 1
      return 0
    }
    END {
      for (i = 1; i <= count; i++)
        if (order[i] == own || owner["user"] == schema[own] || refer(order[i], own) || refer(own, order[i]))
          list = list (list == "" ? "" : " ") order[i]
      print list
    }' "$REGISTRY"
}

# Makes the folder for everything that is kept between runs; only its owner may look inside.
make_local_dir() {
  { mkdir -p "${A2G_LOCAL_DIR%/*}/" && (umask 077 && mkdir -p "$A2G_LOCAL_DIR" "$LOG_DIR" "$A2G_LOCAL_DIR/run"); } 2>/dev/null ||
    die "cannot make $A2G_LOCAL_DIR; set A2G_LOCAL_DIR to a folder you may write to"
  [ -w "$A2G_LOCAL_DIR" ] || die "cannot write to $A2G_LOCAL_DIR; set A2G_LOCAL_DIR to a folder you may write to"
  A2G_LOCAL_DIR=$(cd "$A2G_LOCAL_DIR" && pwd -P)
  LOG_DIR=$A2G_LOCAL_DIR/log
}

# The folder of uploads, absolute.
uploads_dir() {
  local dir=${FILE_STORAGE_DIR:-$A2G_LOCAL_DIR/files}
  case $dir in /*) ;; *) dir=$PWD/$dir ;; esac
  echo "$dir"
}

# Only one up.sh or down.sh works on a local folder at a time. The processes they start must not
# inherit the lock: each is started with 9>&-.
take_lock() {
  local lock=$A2G_LOCAL_DIR/lock holder
  exec 9>>"$lock.pid" || die "cannot write to $A2G_LOCAL_DIR; is the disk full?"
  if command -v flock >/dev/null; then
    flock -n 9 || lock_is_taken "$(cat "$lock.pid" 2>/dev/null || true)"
  elif ! mkdir "$lock.dir" 2>/dev/null; then
    holder=$(cat "$lock.pid" 2>/dev/null || true)
    if [ -n "$holder" ] && kill -0 "$holder" 2>/dev/null; then lock_is_taken "$holder"; fi
  fi
  echo $$ >"$lock.pid" || die "cannot write to $A2G_LOCAL_DIR; is the disk full?"
}

lock_is_taken() {
  die "another up.sh or down.sh is at work on $A2G_LOCAL_DIR (process ${1:-unknown}); wait until it has finished"
}

# Unlocks instead of only closing: a subshell of this script may outlive it by a moment and has the same
# open file, and whoever runs the next command at once would be told that this one is still at work.
release_lock() {
  { flock -u 9 && exec 9>&-; } 2>/dev/null || true
  rmdir "$A2G_LOCAL_DIR/lock.dir" 2>/dev/null || true
}

# require_space <MiB> <folder> <purpose>: stops early, with a clear line, when a disk is nearly full.
require_space() {
  local need=${A2G_MIN_FREE_MIB:-$1} free
  free=$(free_mib "$2")
  [ "$free" -ge "$need" ] ||
    die "the disk of $2 has $free MiB free and $3 needs about $need MiB; free some space or set A2G_LOCAL_DIR to another disk"
}

# free_mib <folder>: of the disk that the folder is on, or will be on when it does not exist yet.
free_mib() {
  local folder=$1 free
  until [ -e "$folder" ]; do folder=$(dirname "$folder"); done
  { read -r _ && read -r _ _ _ free _; } < <(df -Pk "$folder")
  echo $((free / 1024))
}

# explain_failure <log> <text>: dies with the text, or with "disk full" when that is what the log says,
# or would say if it could be written.
explain_failure() {
  local folder
  for folder in "$A2G_LOCAL_DIR" "$ROOT"; do
    [ "$(free_mib "$folder")" -ge 2 ] || die "the disk of $folder is full; free some space and run it again"
  done
  if grep -qs 'No space left on device' "$1"; then
    die "the disk is full (No space left on device); free some space and run it again; log: $1"
  fi
  die "$2; log: $1"
}

# The last line that is not part of a stack trace.
last_words() {
  local line
  line=$(grep -av '^[[:space:]]*\(at .*\)\?$' "$1" | tail -n 1 || true)
  echo "${line:-it said nothing}"
}

# run_task <label> <log> <command…>: runs it in the background, so that a signal ends it at once, and
# says what it is at, and every half minute that it is still at work.
run_task() {
  local label=$1 log=$2 code=0
  shift 2
  : >"$log" || die "cannot write $log; is the disk full?"
  "$@" >"$log" 2>&1 </dev/null 9>&- &
  TASK_PID=$!
  watch_task "$label" "$log"
  wait "$TASK_PID" || code=$?
  TASK_PID=''
  return "$code"
}

watch_task() {
  local began=$SECONDS last=$SECONDS detail=''
  while kill -0 "$TASK_PID" 2>/dev/null; do
    sleep 0.3
    [ $((SECONDS - last)) -ge 3 ] || continue
    if [ "$(task_detail "$2")" != "$detail" ] || [ $((SECONDS - last)) -ge 30 ]; then
      last=$SECONDS detail=$(task_detail "$2")
      say "  … $1, $((SECONDS - began)) s$detail"
    fi
  done
}

# The module Maven is at, for the progress line.
task_detail() {
  local line
  line=$(grep -a '^\[INFO\] Building .*\[[0-9]*/[0-9]*\]$' "$1" | tail -n 1 || true)
  [ -z "$line" ] || printf ': %s' "$(printf '%s' "${line#\[INFO\] Building }" | tr -s ' ')"
}

# Milliseconds since 1970, in whole seconds where bash is older than 5.
now_ms() {
  local t=${EPOCHREALTIME:-}
  if [ -n "$t" ]; then echo $((${t/[.,]/} / 1000)); else echo $(($(date +%s) * 1000)); fi
}

# seconds_since <ms>: with one decimal.
seconds_since() {
  local tenths=$((($(now_ms) - $1) / 100))
  echo "$((tenths / 10)).$((tenths % 10))"
}

random_password() {
  local text=''
  while [ ${#text} -lt 32 ]; do
    text=$text$(head -c 256 /dev/urandom | LC_ALL=C tr -dc 'A-Za-z0-9')
  done
  echo "${text:0:32}"
}
