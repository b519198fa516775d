# Processes behind PID files, and what answers on a port.

# The command line of a process with spaces between the arguments; nothing when it is gone.
process_args() {
  if [ -r "/proc/$1/cmdline" ]; then
    tr '\0' ' ' <"/proc/$1/cmdline" 2>/dev/null || true
  elif [ ! -d /proc/self ]; then
    ps -o args= -p "$1" 2>/dev/null || true
  fi
}

# own_process <pid file> <mark>: prints the PID when that process lives and its command line has the
# mark. PIDs are used again after a reboot, so a number alone proves nothing.
own_process() {
  local pid
  [ -s "$1" ] && read -r pid <"$1" || return 1
  [[ $pid =~ ^[1-9][0-9]*$ ]] || return 1
  [[ $(process_args "$pid") == *"$2"* ]] || return 1
  echo "$pid"
}

# Starts a command in a session of its own, so that Ctrl-C and a closed terminal do not reach it.
# detached <log> <command…>; sets DETACHED_PID.
detached() {
  local log=$1
  shift
  if command -v setsid >/dev/null; then
    setsid "$@" >>"$log" 2>&1 </dev/null 9>&- &
  else
    nohup "$@" >>"$log" 2>&1 </dev/null 9>&- &
  fi
  DETACHED_PID=$!
}

# wait_gone <seconds> <pid>: false when it still lives after that time.
wait_gone() {
  local end=$((SECONDS + $1))
  while kill -0 "$2" 2>/dev/null && ! is_zombie "$2"; do
    [ $SECONDS -lt $end ] || return 1
    sleep 0.1
  done
}

is_zombie() {
  local state
  state=$(grep -s '^State:' "/proc/$1/status") && [[ $state == *Z* ]]
}

# Kills a process and the children in its session (a JVM writing its cache has one).
kill_hard() {
  kill -KILL -- "-$1" 2>/dev/null || kill -KILL "$1" 2>/dev/null || true
}

# Resident memory in MiB, or "-" where it cannot be read.
rss_mib() {
  local kib
  kib=$(grep -s '^VmRSS:' "/proc/$1/status" | tr -dc '0-9') || kib=$(ps -o rss= -p "$1" 2>/dev/null | tr -dc '0-9') || kib=''
  [ -n "$kib" ] && echo $((kib / 1024)) || echo -
}

# The address to ask: a server that listens everywhere is asked on loopback.
probe_host() {
  case $1 in 0.0.0.0 | '*') echo 127.0.0.1 ;; ::) echo ::1 ;; *) echo "$1" ;; esac
}

port_answers() {
  (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null
}

# " (process 123, java)" when the system tells who listens there.
port_holder() {
  local line
  line=$(ss -Hltnp "sport = :$1" 2>/dev/null) || return 0
  [[ $line =~ \(\(\"([^\"]*)\",pid=([0-9]*) ]] || return 0
  printf ' (process %s, %s)' "${BASH_REMATCH[2]}" "${BASH_REMATCH[1]}"
}

# A program that was stopped a moment ago gets the time to let its port go.
require_free_port() {
  local host end=$((SECONDS + 5))
  host=$(probe_host "$1")
  while port_answers "$host" "$2"; do
    [ $SECONDS -lt $end ] || die "port $2 on $host is taken$(port_holder "$2"); stop that program or set $3 to a free port"
    sleep 0.2
  done
}

# http_get <host> <port> <path> [header…]: prints the answer, status line first. Plain bash, because a
# small machine may have neither curl nor wget.
http_get() {
  local host=$1 port=$2 path=$3
  shift 3
  http_send "$host" "$port" "GET $path HTTP/1.1" '' "$@"
}

http_send() {
  local host=$1 port=$2 request=$3 body=$4 header
  shift 4
  (
    exec 3<>"/dev/tcp/$host/$port"
    {
      printf '%s\r\nHost: %s:%s\r\nConnection: close\r\n' "$request" "$host" "$port"
      for header in "$@"; do printf '%s\r\n' "$header"; done
      [ -z "$body" ] || printf 'Content-Length: %s\r\n' "${#body}"
      printf '\r\n%s' "$body"
    } >&3
    bounded 10 cat <&3
  ) 2>/dev/null
}

# The status code alone; 000 when nothing answers.
http_status() {
  local code=''
  read -r _ code _ < <(http_get "$@") || true
  echo "${code:-000}"
}

# bounded <seconds> <command…>: as long as the system has coreutils' timeout; macOS has none.
bounded() {
  if command -v timeout >/dev/null; then timeout "$@"; else shift && "$@"; fi
}
