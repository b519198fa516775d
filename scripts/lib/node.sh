# Node.js for the checks that play a program outside.

ensure_node() {
  if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
    install_packages node || die 'Node.js 20 or newer with npm is missing; install it from https://nodejs.org'
  fi
  [ "$(node -p 'parseInt(process.versions.node)')" -ge 20 ] || die "node is $(node --version); this needs 20 or newer"
}

# node_modules <folder>: what the folder's lock file says, fetched when it changed.
node_modules() {
  local mark=$1/node_modules/.package-lock.json
  [ "$mark" -nt "$1/package-lock.json" ] ||
    run_task "fetching what ${1##*/} needs" "$LOG_DIR/npm-${1##*/}.log" npm ci --prefix "$1" --no-audit --no-fund
}
