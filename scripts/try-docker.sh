#!/usr/bin/env bash
# Runs docker-compose.external.yml for real: first start, demo, killed containers, a new version, a backup.
set -euo pipefail

usage() {
  cat <<'TEXT'
Usage: scripts/try-docker.sh [--keep]

Brings the platform up with docker-compose.external.yml under a project name of its own, runs the demo against it, kills each
container and waits until it is back with its data, upgrades to images with one more migration, and takes and reads a backup.
Not part of scripts/verify.sh: it takes a quarter of an hour and 6 GB of disk.

It needs docker and docker compose (or docker-compose). Where no engine answers, root gets one of its own for the time of this
run; base images that cannot be pulled are made of Debian packages (debootstrap) and of this machine's JDK and Maven.

--keep leaves the containers running.
Variable        Default   Meaning
A2G_PULL        yes       yes or no: try to pull base images first
A2G_LOCAL_DIR   .local    folder for the engine's data, base images and logs
TEXT
}

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
KEEP=no
case ${1:-} in
  '') ;;
  --keep) KEEP=yes ;;
  -h | --help) usage && exit ;;
  *) usage >&2 && exit 2 ;;
esac
for part in common process jdk packages build postgres database split services base_images; do
  # shellcheck source=/dev/null
  . "$ROOT/scripts/lib/$part.sh"
done
ENGINE_PID=''

main() {
  cd "$ROOT"
  load_settings
  make_local_dir
  WORK=$A2G_LOCAL_DIR/docker
  mkdir -p "$WORK"
  ensure_jdk
  ensure_maven
  trap tidy_up EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  ensure_engine
  choose_compose
  choose_project
  step 'base images' make_base_images "$WORK/images"
  step 'images of the platform' compose build
  step 'first start' start_platform
  step 'demo' run_demo
  step 'each container killed' kill_each
  step 'upgrade with one more migration' upgrade
  step 'backup' back_up
  say 'Docker: all of it works'
}

# step <what> <command…>
step() {
  local what=$1 began
  shift
  began=$(now_ms)
  "$@"
  say "$what: $(seconds_since "$began") s"
}

# On a socket of its own, so that nothing else on this machine takes it for the machine's.
ensure_engine() {
  ! docker info >/dev/null 2>&1 || return 0
  command -v dockerd >/dev/null && [ "$(id -u)" -eq 0 ] || die 'no Docker engine answers; start one, or install one and run this as root'
  export DOCKER_HOST=unix://$WORK/engine.sock
  dockerd --data-root "$WORK/engine" --exec-root "$WORK/engine-run" -H "$DOCKER_HOST" -p "$WORK/engine.pid" >"$LOG_DIR/dockerd.log" 2>&1 </dev/null &
  ENGINE_PID=$!
  local end=$((SECONDS + 60))
  until docker info >/dev/null 2>&1; do
    kill -0 $ENGINE_PID 2>/dev/null && [ $SECONDS -lt $end ] || explain_failure "$LOG_DIR/dockerd.log" 'dockerd did not start'
    sleep 1
  done
}

choose_compose() {
  if docker compose version >/dev/null 2>&1; then
    COMPOSE=(docker compose)
  elif command -v docker-compose >/dev/null; then
    COMPOSE=(docker-compose)
  else
    die 'neither docker compose nor docker-compose is here'
  fi
}

# Ports and names that nothing else has.
choose_project() {
  local service port=$((20000 + RANDOM % 8000))
  export COMPOSE_PROJECT_NAME=a2gtrial A2G_IMAGE_TAG=trial1 POSTGRES_PORT=$port
  for service in $A2G_SERVICES; do
    port=$((port + 1))
    export "$(port_variable "$service")=$port"
  done
  A2G_ISSUER=http://127.0.0.1:$USER_SERVICE_PORT && export A2G_ISSUER
}

compose() {
  "${COMPOSE[@]}" -f "${COMPOSE_DIR:-$ROOT}/docker-compose.external.yml" "$@" >>"$LOG_DIR/docker.log" 2>&1 ||
    explain_failure "$LOG_DIR/docker.log" "${COMPOSE[*]} $* failed"
}

# The id of a service's container, which a new version changes.
container() {
  "${COMPOSE[@]}" -f "$ROOT/docker-compose.external.yml" ps -q "$1"
}

start_platform() {
  compose up -d --no-build
  await_healthy
}

await_healthy() {
  local service end=$((SECONDS + 300))
  for service in postgres $A2G_SERVICES; do
    until [ "$(docker inspect -f '{{.State.Health.Status}}' "$(container "$service")" 2>/dev/null)" = healthy ]; do
      [ $SECONDS -lt $end ] || die "$service is not healthy after 300 s; ${COMPOSE[*]} -p $COMPOSE_PROJECT_NAME logs $service"
      sleep 1
    done
  done
}

run_demo() {
  A2G_ADMIN_API_KEY=$(docker exec "$(container user-service)" cat /var/lib/a2g/admin/api-key) && export A2G_ADMIN_API_KEY
  scripts/demo.sh >"$LOG_DIR/docker-demo.log" 2>&1 || explain_failure "$LOG_DIR/docker-demo.log" 'the demo failed'
  STORED=$(stored_rows)
  say "  $STORED"
}

# Rows of every table that the demo fills, as one line.
stored_rows() {
  docker exec -e "PGPASSWORD=${POSTGRES_PASSWORD:-dev_password}" "$(container postgres)" psql -h 127.0.0.1 -U "${POSTGRES_USER:-dev_user}" \
    -d "${POSTGRES_DB:-agent_dev_platform_local}" -Atc "SELECT 'users ' || (SELECT count(*) FROM users.users) || ', agents ' ||
      (SELECT count(*) FROM agents.agents) || ', messages ' || (SELECT count(*) FROM chat.chat_messages) || ', files ' ||
      (SELECT count(*) FROM chat.file_uploads) || ', log entries ' || (SELECT count(*) FROM tracing.log_entries) || ', models ' ||
      (SELECT count(*) FROM admin.llm_models)"
}

# By a signal to its first process: docker kill counts as a wish that it stays down.
kill_each() {
  local service began
  for service in $A2G_SERVICES postgres; do
    began=$(now_ms)
    kill -KILL "$(docker inspect -f '{{.State.Pid}}' "$(container "$service")")"
    sleep 1
    await_healthy
    say "  $service is back after $(seconds_since "$began") s"
  done
  require_stored
}

require_stored() {
  local now
  now=$(stored_rows)
  [ "$now" = "$STORED" ] || die "stored were $STORED, now $now"
}

# What a new release brings: other images, one of them with a migration.
upgrade() {
  local name=V20991231_2359__add_trial_column
  COMPOSE_DIR=$WORK/next
  rm -rf "$COMPOSE_DIR" && mkdir -p "$COMPOSE_DIR"
  git ls-files -z | tar --null -T - -c | tar -x -C "$COMPOSE_DIR"
  echo "ALTER TABLE admin.llm_models ADD COLUMN trial text;" >"$COMPOSE_DIR/admin-service/src/main/resources/db/migration/$name.sql"
  echo "ALTER TABLE admin.llm_models DROP COLUMN trial;" >"$COMPOSE_DIR/admin-service/src/main/resources/db/undo/U${name#V}.sql"
  export A2G_IMAGE_TAG=trial2
  compose build
  start_platform
  docker exec "$(container admin-service)" bash /opt/a2g/bin/run migrate current >"$LOG_DIR/docker-current.log" 2>&1 ||
    explain_failure "$LOG_DIR/docker-current.log" 'migrate current failed'
  grep -q 20991231.2359 "$LOG_DIR/docker-current.log" || explain_failure "$LOG_DIR/docker-current.log" 'the new migration is not applied'
  COMPOSE_DIR=''
  require_stored
}

back_up() {
  local log=$LOG_DIR/docker-backup.log
  DATABASE_URL=postgresql://${POSTGRES_USER:-dev_user}:${POSTGRES_PASSWORD:-dev_password}@127.0.0.1:$POSTGRES_PORT/${POSTGRES_DB:-agent_dev_platform_local} \
    scripts/backup.sh --without-uploads --dir "$WORK/backups" >"$log" 2>&1 || explain_failure "$log" 'the backup failed'
  docker cp "$(container chat-service):/var/lib/a2g/files" "$WORK/backups/" >>"$log" 2>&1 || explain_failure "$log" 'the uploads cannot be copied'
  say "  $(grep '^backup: ' "$log"), and $(find "$WORK/backups/files" -type f | wc -l) files of the volume"
}

tidy_up() {
  local code=$?
  trap '' EXIT INT TERM
  if [ $KEEP = no ] && [ -n "${COMPOSE_PROJECT_NAME:-}" ]; then
    "${COMPOSE[@]}" -f "$ROOT/docker-compose.external.yml" down -v --remove-orphans >>"$LOG_DIR/docker.log" 2>&1 || true
  fi
  if [ -n "$ENGINE_PID" ] && [ $KEEP = no ]; then kill -TERM "$ENGINE_PID" 2>/dev/null && wait_gone 30 "$ENGINE_PID"; fi
  exit $code
}

main "$@"
