# The steps of scripts/verify.sh; each ends the run when it fails.

# A value of a lock file, wrapper or property; written so that this line does not name one itself.
REGISTRY_HOSTS='repo[0-9]*\.maven\.|registry\.npmjs|registry\.yarnpkg|plugins\.gradle\.|repo\.spring\.|deb\.debian\.|archive\.ubuntu\.|alpinelinux\.org/alpine|pypi\.|[a]rtifactory|/[n]exus/|ghcr\.io|quay\.io|gcr\.io|docker\.io'
MACHINE_PATHS='(^|[^A-Za-z0-9_.}-])/(work|root|Users|home)/[A-Za-z0-9]'

find_tools() {
  ensure_jdk
  ensure_maven
  say "   JDK in $JAVA_HOME, Maven $("$MVN" -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p')"
}

# The files of the project, one per line, whether committed yet or not.
project_files() {
  git ls-files -co --exclude-standard 2>/dev/null ||
    find . \( -name .git -o -name target -o -name .local \) -prune -o -type f -print | sed 's|^\./||'
}

check_scripts() {
  local file shell count=0
  while IFS= read -r file; do
    shell=$(script_shell "$file")
    [ -n "$shell" ] || continue
    "$shell" -n "$file" || die "$file has a syntax error"
    check_script_rules "$shell" "$file"
    count=$((count + 1))
  done < <(project_files)
  check_help
  check_env_file
  check_settings_listed
  command -v shellcheck >/dev/null || say '   shellcheck is not installed: syntax only'
  say "   $count scripts"
}

# The shell of a script, or nothing when the file is none. A file without a first line is sourced by bash.
script_shell() {
  [ -f "$1" ] || return 0
  local first=''
  read -r first <"$1" 2>/dev/null || true
  case $first in
    '#!'*bash) echo bash ;;
    '#!/bin/sh' | '#!/usr/bin/env sh') echo sh ;;
    *) case $1 in *.sh) echo bash ;; esac ;;
  esac
}

# What scripts do that need no build to explain themselves.
check_help() {
  local script
  for script in try-adding-a-service try-docker check-api up migrate migrate_all migrate_all_internal backup restore; do
    [[ $("scripts/$script.sh" --help) == "Usage: scripts/$script.sh"* ]] || die "scripts/$script.sh --help does not explain it"
  done
}

# Every setting of a file reaches the services' migrations, and a secret may stand in a file of its own.
check_env_file() {
  local found
  printf 'postgresql://u:p@db/a2g\n' >"$SANDBOX/url"
  printf '%s\n' '# a comment' "DATABASE_URL_FILE=$SANDBOX/url" 'export EMBEDDING_DIMENSION="768" # numbers' >"$SANDBOX/env"
  # shellcheck source=/dev/null
  found=$(DATABASE_URL=forgotten && . scripts/lib/env_file.sh && read_env_file "$SANDBOX/env" && load_settings &&
    echo "$DATABASE_URL $EMBEDDING_DIMENSION ${DATABASE_URL_FILE:-}")
  [ "$found" = 'postgresql://u:p@db/a2g 768 ' ] || die "scripts/lib/env_file.sh reads '$found'"
  check_database_parts
}

# The PostgreSQL image's names count where the platform's are not set.
check_database_parts() {
  local found
  printf 'p@é' >"$SANDBOX/password"
  printf '%s\n' 'POSTGRES_HOST=db' 'POSTGRES_PORT=5433' 'POSTGRES_DB=one' 'POSTGRES_USER=dev_user' \
    "POSTGRES_PASSWORD_FILE=$SANDBOX/password" 'DB_NAME=two' >"$SANDBOX/env"
  # shellcheck source=/dev/null
  found=$(DB_HOST=forgotten && . scripts/lib/env_file.sh && . scripts/lib/database.sh && read_env_file "$SANDBOX/env" &&
    load_settings && url_of_parts)
  [ "$found" = 'postgresql://dev_user:p%40%C3%A9@db:5433/two' ] || die "scripts/lib/database.sh makes '$found' of the parts"
}

# Every variable that a service reads is explained where people look for it.
check_settings_listed() {
  local name
  for name in $(grep -ohE '\$\{[A-Z][A-Z0-9_]*' ./*/src/main/resources/application.yml platform-common/*/src/main/resources/platform-defaults.yml | tr -d '${' | sort -u); do
    grep -q "^#\{0,1\}$name=" .env.internal.example || die ".env.internal.example does not explain $name"
  done
}

# SC2034: the settings of sourced files are used by those that source them.
check_script_rules() {
  command -v shellcheck >/dev/null || return 0
  shellcheck -s "$1" -S warning -e SC2034 "$2" || die "shellcheck finds something in $2"
}

check_names() {
  local found
  found=$(project_files | tr '\n' '\0' | xargs -0 grep -IEn -e "$REGISTRY_HOSTS" -e "$MACHINE_PATHS" 2>/dev/null | cut -c 1-200 || true)
  if [ -n "$found" ]; then
    say "$found"
    die 'these lines name a registry host or a path of one machine; builds take both from their environment'
  fi
}

# Every V has its U and the other way round, and both have the agreed name.
check_migrations() {
  local file name folder count=0
  for file in ./*/src/main/resources/db/{migration/V,undo/U}*.sql \
    ./platform-common/migrate/src/main/resources/db/platform/*/{migration/V,undo/U}*.sql; do
    [ -e "$file" ] || continue
    name=${file##*/} folder=${file%/*/*}
    [[ $name =~ ^[VU][0-9]{8}_[0-9]{4}__[a-z0-9_]+\.sql$ ]] ||
      die "$file is not named V<yyyyMMdd_HHmm>__what_it_does.sql (undo: U…)"
    case $name in
      V*) [ -s "$folder/undo/U${name#V}" ] || die "$file has no undo file db/undo/U${name#V}" ;;
      U*) [ -s "$folder/migration/V${name#U}" ] || die "$file undoes a migration that is not there" ;;
    esac
    count=$((count + 1))
  done
  say "   $((count / 2)) pairs"
}

# In CI both search paths must be tested; elsewhere it is said what is missing.
check_pgvector() {
  if [ -n "${CI:-}" ] && [ "$CI" != false ]; then
    scripts/install-pgvector.sh --with-postgresql
  elif ! scripts/install-pgvector.sh --check; then
    say '   so, unless a container or TEST_DATABASE_URL has it, only the search without pgvector is tested;'
    say '   scripts/install-pgvector.sh --with-postgresql changes that'
  fi
}

run_build() {
  local code=0
  # Two services at a time, because tests wait for databases more than they compute.
  # Reports of tests that are gone must not be counted.
  find . -path "*/target/*-reports" -prune -exec rm -rf {} +
  run_task 'building and testing' "$RESULTS/build.log" in_root "$MVN" -B -ntp -T 2 verify || code=$?
  grep -a '^Test database: ' "$RESULTS/build.log" | sort | uniq -c | sort -rn | sed 's/^ *\([0-9]*\) /   \1 × /' || true
  print_tests || true
  [ $code -eq 0 ] || build_excerpt
  count_tests ./*/target/*-reports/TEST-*.xml ./*/*/target/*-reports/TEST-*.xml | grep -qv '^0 ' || die 'no test ran'
  # What was tested is what the main job runs.
  (umask 077 && mkdir -p "$A2G_LOCAL_DIR")
  note_build "$(source_fingerprint)"
}

# docs/adding-a-service.md, followed.
try_recipe() {
  local log=$RESULTS/adding-a-service.log
  run_task 'adding a service' "$log" scripts/try-adding-a-service.sh || { tail -n 40 "$log" >&2 && die "the recipe for a service does not work; log: $log"; }
  grep -a '^   [0-9t]' "$log"
}

build_excerpt() {
  grep -a '^\[ERROR\] .' "$RESULTS/build.log" | grep -av 'Help 1\|re-run Maven\|full stack trace\|following articles\|After correcting\|mvn <args>' |
    awk '!seen[$0]++' | head -n 60 >&2 || true
  explain_failure "$RESULTS/build.log" 'the build or a test failed'
}

print_tests() {
  local module kind line
  printf '   %-34s %-12s %7s %8s %8s %9s\n' MODULE KIND TESTS FAILED SKIPPED SECONDS
  for module in platform-common/* $A2G_SERVICES scripts/system-test; do
    for kind in surefire failsafe; do
      line=$(count_tests "$module/target/$kind-reports"/TEST-*.xml)
      # shellcheck disable=SC2086 # four numbers
      [ "${line%% *}" = 0 ] || printf '   %-34s %-12s %7s %8s %8s %9s\n' "$module" "$(kind_name $kind)" $line
    done
  done
  # shellcheck disable=SC2046,SC2183 # four numbers
  printf '   %-34s %-12s %7s %8s %8s %9s\n' total '' $(count_tests ./*/target/*-reports/TEST-*.xml ./*/*/target/*-reports/TEST-*.xml)
}

kind_name() {
  if [ "$1" = surefire ]; then echo unit; else echo integration; fi
}

# count_tests <report…>: "tests failed skipped seconds" of the reports that are there.
count_tests() {
  cat "$@" 2>/dev/null | grep -ao '<testsuite [^>]*' | awk '
    function value(name) { return match($0, " " name "=\"[0-9.]*") ? substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3) : 0 }
    { tests += value("tests"); failed += value("failures") + value("errors"); skipped += value("skipped"); time += value("time") }
    END { printf "%d %d %d %.1f\n", tests, failed, skipped, time }'
}

# Known vulnerabilities, where OSV can be asked. Where it cannot, that is said and nothing fails: the build itself has
# refused what its makers gave up (enforcer), and somebody without a network must be able to verify.
check_dependencies() {
  local code=0 log=$RESULTS/dependencies.log
  if ! command -v curl >/dev/null || ! command -v jq >/dev/null; then
    say '   curl or jq is not here: NOT CHECKED for known vulnerabilities'
    return
  fi
  scripts/check-dependencies.sh >"$log" 2>&1 || code=$?
  case $code in
    0) say "   $(tail -n 1 "$log")" ;;
    3) say "   NOT CHECKED for known vulnerabilities: $(tail -n 1 "$log" | cut -d : -f 2-)" ;;
    *) { cat "$log" >&2 && die "scripts/check-dependencies.sh ended with $code; log: $log"; } ;;
  esac
}

# In CI it is always checked.
check_compose() {
  local file=docker-compose.external.yml
  [ -z "${CI:-}" ] || [ "$CI" = false ] || has_compose || install_packages compose ||
    die 'neither docker compose nor docker-compose is here'
  if docker compose version >/dev/null 2>&1; then
    docker compose -f $file config --quiet
  elif has_compose; then
    docker-compose -f $file config --quiet
  else
    say '   neither docker compose nor docker-compose is here: not checked'
  fi
}

has_compose() {
  docker compose version >/dev/null 2>&1 || command -v docker-compose >/dev/null
}

# promtool is in Debian's package prometheus.
check_alerts() {
  if command -v promtool >/dev/null; then
    promtool check rules deploy/alerts/*.rules.yml
  else
    say '   promtool is not here: not checked'
  fi
}

# What the README promises: up, the main job, up again with the data still there after everything was killed, down.
run_story() {
  if [ ! -x scripts/up.sh ] || [ ! -x scripts/demo.sh ]; then
    say '   scripts/up.sh or scripts/demo.sh is not there: not tried'
    return
  fi
  choose_ports
  choose_provider
  # One service gets a start-up cache below; to make all five takes two minutes and shows nothing more.
  export A2G_AOT_CACHE=off
  STORY=begun
  local before
  story_part up scripts/up.sh
  ! command -v curl >/dev/null || story_part 'first calls of the README' first_calls
  story_part demo scripts/demo.sh
  story_part 'sign in through an identity provider' scripts/oidc.sh
  before=$(stored_users)
  [[ $before == *'"username"'* ]] || die "user-service shows its administrator no users: $before"
  kill_platform
  story_part up-again scripts/up.sh
  [ "$(stored_users)" = "$before" ] || die 'after a kill and a start the users are not those of before'
  say '   the data is still there'
  kill -KILL "$(cat "$A2G_LOCAL_DIR/run/admin-service/pid")"
  A2G_AOT_CACHE=on story_part up-with-a-cache scripts/up.sh
  grep -q 'admin-service: cache made' "$RESULTS/story-up-with-a-cache.log" || die 'no start-up cache was made'
  story_part up-running scripts/up.sh
  story_part migrate-all scripts/migrate_all.sh --yes
  story_part at-head scripts/migrate.sh all current --check-heads
  run_operators_story
  SPLIT_SERVICE=tracing-service story_part 'a schema moved out and back' scripts/split_demo.sh
  look_from_outside
  story_part down-again scripts/down.sh
  STORY=''
}

# The README's second block, with the ports and the folder of this run.
first_calls() {
  local service edits=(-e "s|\.local/|$A2G_LOCAL_DIR/|")
  for service in $A2G_SERVICES; do edits+=(-e "s|:$(registered "$service" 4)/|:$(service_port "$service")/|"); done
  awk '/^```sh$/ { block++; next } block == 2 && /^```$/ { exit } block == 2' README.md |
    sed "${edits[@]}" -e 's|^curl |curl -fsS |' | bash -eu
}

# Without warning, and without the time to let go of ports and files.
kill_platform() {
  local service pid
  pid=$(head -n 1 "$A2G_LOCAL_DIR/pgdata/postmaster.pid")
  for service in $A2G_SERVICES; do pid="$pid $(cat "$A2G_LOCAL_DIR/run/$service/pid")"; done
  # shellcheck disable=SC2086 # a list of numbers
  kill -KILL $pid
}

# The API as programs and people outside see it. The platform is thrown away afterwards: what the fuzzer made stays in it.
look_from_outside() {
  story_part 'rules for API documents' scripts/check-api.sh documents
  story_part 'generated client' scripts/check-api.sh client
  story_part 'boundary values' scripts/check-api.sh fuzz
  story_part 'Swagger UI in a browser' scripts/check-api.sh browser
  grep -ah 'NOT CHECKED\|requests to' "$RESULTS"/story-{boundary,Swagger}-*.log | sed 's/^/     /' || true
}

# What user-service answers its administrator, headers left out.
stored_users() {
  http_get 127.0.0.1 "$USER_SERVICE_PORT" '/api/v1/users?limit=200' \
    "Authorization: Bearer $(cat "$A2G_LOCAL_DIR/admin-api-key")" | sed '1,/^\r*$/d'
}

# story_part <name> <command…>
story_part() {
  local name=$1 log="$RESULTS/story-${1// /-}.log" began
  shift
  began=$(now_ms)
  run_task "$name" "$log" "$@" ||
    { tail -n 20 "$log" >&2 && die "$name: $1 failed; log: $log"; }
  say "   $name: $(seconds_since "$began") s"
}

# Ports that nobody listens on now, below those that the system hands out by itself.
choose_ports() {
  local name service port=$((20000 + RANDOM % 8000))
  for name in A2G_DB_PORT $(for service in $A2G_SERVICES; do port_variable "$service"; done); do
    port=$((port + 1))
    while port_answers 127.0.0.1 $port; do port=$((port + 1)); done
    export "$name=$port"
  done
}

# An identity provider on a port of its own; it runs only while scripts/oidc.sh does.
choose_provider() {
  local port=$((ADMIN_SERVICE_PORT + 1))
  while port_answers 127.0.0.1 $port; do port=$((port + 1)); done
  export A2G_IDP_ISSUER=http://127.0.0.1:$port A2G_IDP_CLIENT_ID=a2g A2G_IDP_CLIENT_SECRET=only-for-this-run
}

# Whatever happened: nothing stays running, and the logs stay readable.
end_story() {
  [ -n "${STORY:-}" ] || return 0
  scripts/down.sh >"$RESULTS/story-end.log" 2>&1 || say "scripts/down.sh failed; log: $RESULTS/story-end.log"
  cp -R "$A2G_LOCAL_DIR/log" "$RESULTS/services" 2>/dev/null || true
}
