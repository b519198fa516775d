# The embedded PostgreSQL: real server binaries that come through Maven, data kept in .local/pgdata.

PG_SUPERUSER=postgres
PG_DATABASE=a2g

load_postgres_settings() {
  PG_DATA=$A2G_LOCAL_DIR/pgdata
  PG_PASSWORD_FILE=$A2G_LOCAL_DIR/postgresql-password
  PG_LOG=$LOG_DIR/postgresql.log
}

# Starts the server unless it runs; sets PG_PORT. PG_STARTED tells the exit trap whether this run did it.
start_postgres() {
  if PG_PID=$(postgres_pid); then
    PG_PORT=$(sed -n 4p "$PG_DATA/postmaster.pid")
    [ "$PG_PORT" = "$A2G_DB_PORT" ] || say "PostgreSQL keeps running on port $PG_PORT; run scripts/down.sh first to move it to $A2G_DB_PORT"
    return
  fi
  local began
  began=$(now_ms)
  PG_PORT=$A2G_DB_PORT
  install_postgres
  choose_postgres_user
  make_data_folder
  launch_postgres
  say "PostgreSQL $PG_VERSION runs on 127.0.0.1:$PG_PORT, data in $PG_DATA ($(seconds_since "$began") s)"
}

postgres_pid() {
  own_process "$PG_DATA/postmaster.pid" "$PG_DATA"
}

# Line 8 of the file says what the server is about to do.
await_stopping_postgres() {
  local pid
  pid=$(postgres_pid) && [[ $(sed -n 8p "$PG_DATA/postmaster.pid") == stopping* ]] || return 0
  say 'PostgreSQL is stopping'
  wait_gone "$A2G_STOP_TIMEOUT" "$pid" || stop_postgres
}

# Unpacks the binaries into .local/postgresql/<version>, once; sets PG_VERSION and PG_HOME.
install_postgres() {
  PG_VERSION=$(sed -n 's/.*<embedded-postgres-binaries.version>\(.*\)<.*/\1/p' "$ROOT/pom.xml")
  [ -n "$PG_VERSION" ] || die "pom.xml does not say which embedded-postgres-binaries.version to use"
  PG_HOME=$A2G_LOCAL_DIR/postgresql/$PG_VERSION
  [ ! -x "$PG_HOME/bin/postgres" ] || return 0
  local jar new=$A2G_LOCAL_DIR/postgresql/.new log=$LOG_DIR/postgresql-install.log
  rm -rf "$new" "$PG_HOME"
  require_space 150 "$A2G_LOCAL_DIR" 'unpacking PostgreSQL'
  mkdir -p "$new/home"
  jar=$(postgres_jar)
  unpack_postgres "$jar" "$new" >"$log" 2>&1 || explain_failure "$log" "cannot unpack $jar"
  mv "$new/home" "$PG_HOME"
  rm -rf "$new"
}

# The binaries for this system: from Maven's local repository, or through Maven.
postgres_jar() {
  local name version=$PG_VERSION repository=${HOME:-/nonexistent}/.m2/repository log=$LOG_DIR/postgresql-install.log
  name=embedded-postgres-binaries-$(postgres_platform)
  local jar=$repository/io/zonky/test/postgres/$name/$version/$name-$version.jar
  if [ ! -s "$jar" ]; then
    ensure_maven
    jar=$A2G_LOCAL_DIR/postgresql/.new/$name-$version.jar
    (in_root "$MVN" -q -B -ntp -N dependency:copy "-Dartifact=io.zonky.test.postgres:$name:$version" \
      "-DoutputDirectory=${jar%/*}") >"$log" 2>&1 9>&- </dev/null ||
      explain_failure "$log" "Maven cannot fetch $name $version: $(grep -a -m 1 '^\[ERROR\]' "$log" || true)"
  fi
  echo "$jar"
}

postgres_platform() {
  local system=linux arch suffix=''
  [ "$(uname -s)" != Darwin ] || system=darwin
  case $(uname -m) in
    x86_64 | amd64) arch=amd64 ;;
    aarch64 | arm64) arch=arm64v8 ;;
    i?86) arch=i386 ;;
    armv7*) arch=arm32v7 ;;
    ppc64le) arch=ppc64le ;;
    *) die "there is no embedded PostgreSQL for $(uname -m); set DATABASE_URL to a server of your own" ;;
  esac
  [ ! -e /etc/alpine-release ] || suffix=-alpine
  echo "$system-$arch$suffix"
}

# unpack_postgres <jar> <folder>: the jar holds one .txz, which goes into <folder>/home.
unpack_postgres() (
  cd "$2" && "$JAVA_HOME/bin/jar" xf "$1" || return
  archive=$(echo postgres-*.txz)
  if command -v xz >/dev/null; then
    tar -xJf "$archive" -C home
  else
    unxz_with_java "$archive" postgres.tar && tar -xf postgres.tar -C home
  fi
)

# Without the xz program the library that Maven already has does the same.
unxz_with_java() {
  local library
  library=$(find "${HOME:-/nonexistent}/.m2/repository/org/tukaani/xz" -name 'xz-*.jar' -print -quit 2>/dev/null)
  if [ -z "$library" ]; then
    echo 'neither xz nor its Java library is here; install xz-utils'
    return 1
  fi
  cat >Unxz.java <<'JAVA'
void main(String[] args) throws Exception {
  try (var in = new org.tukaani.xz.XZInputStream(new java.io.FileInputStream(args[0]))) {
    java.nio.file.Files.copy(in, java.nio.file.Path.of(args[1]));
  }
}
JAVA
  "$JAVA" -cp "$library" Unxz.java "$1" "$2"
}

# PostgreSQL refuses to run as root. As root it gets a user namespace of its own, in which nobody is
# root; where the kernel forbids that, another user, who needs a way into the data folder.
choose_postgres_user() {
  PG_AS=()
  PG_OWNER=$(id -u)
  [ "$PG_OWNER" -eq 0 ] || return 0
  if works_as unshare -U; then return; fi
  local user=nobody group
  ! id postgres >/dev/null 2>&1 || user=postgres
  PG_OWNER=$(id -u $user) group=$(id -g $user)
  chmod 711 "$A2G_LOCAL_DIR" "$LOG_DIR"
  if works_as setpriv --reuid "$PG_OWNER" --regid "$group" --clear-groups; then return; fi
  if works_as runuser -u $user --; then return; fi
  die "PostgreSQL refuses to run as root, and user $user cannot reach $A2G_LOCAL_DIR; set A2G_LOCAL_DIR to a folder open to that user (such as /var/lib/a2g) or run this as an ordinary user"
}

# works_as <command prefix…>: keeps the prefix when PostgreSQL's program can be run with it by a user who is not root.
works_as() {
  command -v "$1" >/dev/null || return 1
  [ "$("$@" id -u 2>/dev/null)" != 0 ] && "$@" "$PG_HOME/bin/postgres" --version >/dev/null 2>&1 || return 1
  PG_AS=("$@")
}

as_postgres() {
  LC_ALL=C ${PG_AS[@]+"${PG_AS[@]}"} "$@"
}

# Makes the cluster, once, beside its place, so that an interrupted run leaves nothing half-made.
make_data_folder() {
  if [ -d "$PG_DATA" ]; then
    check_data_folder
    return
  fi
  local new=$A2G_LOCAL_DIR/pgdata.new log=$LOG_DIR/initdb.log
  rm -rf "$new"
  require_space 250 "$A2G_LOCAL_DIR" 'a new database'
  say 'making a new database cluster'
  (umask 077 && mkdir "$new" && random_password >"$PG_PASSWORD_FILE") || explain_failure "$log" "cannot write to $A2G_LOCAL_DIR"
  chown "$PG_OWNER" "$new" "$PG_PASSWORD_FILE"
  run_initdb "$new" >"$log" 2>&1 9>&- || explain_failure "$log" "initdb failed: $(grep -a -m 1 'error:\|FATAL' "$log" || tail -n 1 "$log" || true)"
  printf "\n# Settings of this project, written by scripts/up.sh at every start.\ninclude_if_exists = 'a2g.conf'\n" >>"$new/postgresql.conf" ||
    explain_failure "$log" "cannot write to $new"
  mv "$new" "$PG_DATA"
}

# The built-in provider sorts by code point in UTF-8 on every machine, whatever locales it has.
run_initdb() {
  as_postgres "$PG_HOME/bin/initdb" -D "$1" -U $PG_SUPERUSER "--pwfile=$PG_PASSWORD_FILE" --auth=scram-sha-256 \
    --encoding=UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8
}

check_data_folder() {
  local major owner
  [ -s "$PG_PASSWORD_FILE" ] || die "$PG_PASSWORD_FILE is missing, so nobody can log in; bring it back or move $PG_DATA away for a new database"
  major=$(cat "$PG_DATA/PG_VERSION" 2>/dev/null || true)
  [ "$major" = "${PG_VERSION%%.*}" ] || die "$PG_DATA was made by PostgreSQL ${major:-unknown}, this one is $PG_VERSION; move it away, or dump and restore it"
  owner=$(stat -c %u "$PG_DATA" 2>/dev/null || stat -f %u "$PG_DATA")
  [ "$(id -u)" -ne 0 ] || [ "$owner" = "$PG_OWNER" ] || chown -R "$PG_OWNER" "$PG_DATA"
}

# fsync stays on: what was answered survives a power cut. No Unix socket: its path may be too long.
write_postgres_settings() {
  cat >"$PG_DATA/a2g.conf" <<CONF
listen_addresses = '127.0.0.1'
port = $PG_PORT
unix_socket_directories = ''
max_connections = 100
shared_buffers = 128MB
max_wal_size = 512MB
# For split_schema.sh, which copies a schema while its services write.
wal_level = logical
timezone = 'UTC'
log_timezone = 'UTC'
log_line_prefix = '%m [%p] %u@%d '
CONF
}

launch_postgres() {
  require_space 50 "$A2G_LOCAL_DIR" 'the database'
  write_postgres_settings || die "cannot write to $PG_DATA; is the disk full?"
  rotate_log "$PG_LOG"
  (umask 077 && : >"$PG_LOG")
  chown "$PG_OWNER" "$PG_LOG" "$PG_DATA/a2g.conf"
  PG_STARTED=yes
  local end=$((SECONDS + 15))
  until as_postgres "$PG_HOME/bin/pg_ctl" -D "$PG_DATA" -l "$PG_LOG" -t "$A2G_START_TIMEOUT" -s -w start >"$LOG_DIR/pg_ctl.log" 2>&1 </dev/null 9>&-; do
    is_still_held && [ $SECONDS -lt $end ] || explain_failure "$PG_LOG" "PostgreSQL did not start: $(postgres_cause)"
    sleep 1
  done
  PG_PID=$(postgres_pid) || explain_failure "$PG_LOG" "PostgreSQL stopped at once: $(postgres_cause)"
}

# What a killed server leaves: processes that notice its end a little later, and hold memory and port until then.
is_still_held() {
  tail -n 5 "$PG_LOG" | grep -aq 'pre-existing shared memory block\|lock file "postmaster.pid" already exists\|could not bind'
}

postgres_cause() {
  local line
  line=$(grep -a -m 1 'FATAL:\|PANIC:' "$PG_LOG" || tail -n 3 "$PG_LOG" | tr '\n' ' ')
  echo "${line##*FATAL:  }"
}

# Fast shutdown: open transactions are rolled back, everything else is written. Then the harder ways.
stop_postgres() {
  local pid
  pid=$(postgres_pid) || return 0
  kill -INT "$pid" 2>/dev/null || true
  if ! wait_gone "$A2G_STOP_TIMEOUT" "$pid"; then
    say "PostgreSQL did not stop in $A2G_STOP_TIMEOUT s; stopping it at once (it recovers at its next start)"
    kill -QUIT "$pid" 2>/dev/null || true
    wait_gone 10 "$pid" || kill_hard "$pid"
  fi
}

# Keeps the log of the run before as <log>.1.
rotate_log() {
  [ ! -s "$1" ] || mv -f "$1" "$1.1"
}
