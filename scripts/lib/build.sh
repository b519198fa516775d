# Builds the jars when sources changed, and unpacks them for a quick start.

# Builds unless the fingerprint of the sources is the one of the last build and all jars are there.
build_if_changed() {
  local stamp=$A2G_LOCAL_DIR/build.fingerprint print
  print=$(source_fingerprint)
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$print" ] && jars_exist; then
    return
  fi
  ensure_maven
  require_space 1000 "$ROOT" 'the build'
  say "building (log: $LOG_DIR/build.log)"
  run_maven_build || build_failed
  rm -f "$A2G_LOCAL_DIR/build.unfinished"
  jars_exist || die "the build left no service jars; log: $LOG_DIR/build.log"
  note_build "$print"
}

# note_build <fingerprint>: the jars are made of these sources.
note_build() {
  echo "$1" >"$A2G_LOCAL_DIR/build.fingerprint" || die "cannot write to $A2G_LOCAL_DIR; is the disk full?"
}

run_maven_build() {
  local began code=0 clean=()
  # What a killed build left half-written looks finished to the next one.
  [ ! -e "$A2G_LOCAL_DIR/build.unfinished" ] || clean=(clean)
  stop_left_build
  began=$(now_ms)
  run_task 'building' "$LOG_DIR/build.log" \
    as_build "$MVN" -B -ntp -DskipTests -Dspotless.check.skip=true ${clean[@]+"${clean[@]}"} package || code=$?
  [ $code -ne 0 ] || say "built in $(seconds_since "$began") s"
  return $code
}

as_build() {
  echo "$BASHPID" >"$A2G_LOCAL_DIR/build.unfinished" && in_root "$@"
}

# A run that was killed leaves its Maven running.
stop_left_build() {
  local pid
  pid=$(own_process "$A2G_LOCAL_DIR/build.unfinished" plexus) || return 0
  say "stopping the build of a run that was killed (process $pid)"
  kill -TERM "$pid" 2>/dev/null || true
  wait_gone 10 "$pid" || kill_hard "$pid"
}

in_root() {
  cd "$ROOT" && exec "$@"
}

build_failed() {
  local cause
  cause=$(sed -n '/COMPILATION ERROR/d; /^\[ERROR\] .*[A-Za-z]/{p;q;}' "$LOG_DIR/build.log")
  # The compiler's last word is that there was a warning; which one is a warning's line.
  case $cause in *-Werror*) cause=$(sed -n '/^\[WARNING\] .*\.java:\[/{s/^\[WARNING\] //;p;q;}' "$LOG_DIR/build.log") ;; esac
  [ -n "$cause" ] || cause=$(last_words "$LOG_DIR/build.log")
  explain_failure "$LOG_DIR/build.log" "the build failed: ${cause#\[ERROR\] }"
}

# One hash over the names and contents of everything the jars are made of.
source_fingerprint() {
  (
    cd "$ROOT" || exit
    # shellcheck disable=SC2086 # a command and its options
    find pom.xml .mvn ./*/pom.xml ./*/src/main ./*/*/pom.xml ./*/*/src/main -type f -print0 | LC_ALL=C sort -z | xargs -0 $SHA256 | $SHA256
  )
}

service_jar() {
  echo "$ROOT/$1/target/$1.jar"
}

jars_exist() {
  local service
  for service in $A2G_SERVICES; do
    [ -s "$(service_jar "$service")" ] || return 1
  done
}

# The first 16 hex digits of a jar's SHA-256. Computed again only when the file was written since: 350 MB
# of jars are a second of every start otherwise. Only the change time tells; a reproducible build gives
# every jar the same modification time.
jar_id() {
  local jar stamp
  jar=$(service_jar "$1") stamp=$A2G_LOCAL_DIR/run/$1/jar.id
  if [ ! -s "$stamp" ] || [ -n "$(find "$jar" -cnewer "$stamp")" ]; then
    mkdir -p "${stamp%/*}"
    $SHA256 "$jar" | head -c 16 >"$stamp"
  fi
  cat "$stamp"
}

# The folder a service's jar is unpacked into; one per build, so that a running service keeps its files.
app_dir() {
  echo "$A2G_LOCAL_DIR/run/$1/$(jar_id "$1")"
}

# Unpacks the executable jar (Boot's own tool): plain files start faster than jars in a jar, and only
# they can have an AOT cache.
extract_service() {
  local dir log=$LOG_DIR/$1-extract.log
  dir=$(app_dir "$1")
  [ ! -s "$dir/$1.jar" ] || return 0
  rm -rf "$dir" "$dir.new"
  require_space 150 "$A2G_LOCAL_DIR" "unpacking $1"
  "$JAVA" -XX:TieredStopAtLevel=1 -Djarmode=tools -jar "$(service_jar "$1")" extract --destination "$dir.new" >"$log" 2>&1 ||
    explain_failure "$log" "cannot unpack $1.jar"
  mv "$dir.new" "$dir"
}

# Removes what earlier builds left; called when the service is not running an older one.
remove_old_builds() {
  local dir keep
  keep=$(app_dir "$1")
  for dir in "$A2G_LOCAL_DIR/run/$1"/*/; do
    dir=${dir%/}
    if [ -d "$dir" ] && [ "$dir" != "$keep" ] && [ "${dir##*/}" != tmp ]; then rm -rf "$dir"; fi
  done
}
