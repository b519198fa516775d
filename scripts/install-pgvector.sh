#!/bin/sh
# Installs pgvector for a PostgreSQL on this machine: the distribution's package where there is one;
# on a Debian without it, built from Debian's own source package. Does nothing when it is installed.
#
#   scripts/install-pgvector.sh [--check] [--with-postgresql] [MAJOR]
#
#   MAJOR              PostgreSQL's major version; default: the newest one installed
#   --with-postgresql  installs the distribution's PostgreSQL first when there is none
#   --check            changes nothing; exit code 1 says that something would have to be installed
#
# The build needs PostgreSQL's server headers, and with those apt may bring its newest minor release.
# PGVECTOR_SOURCE_SUITE (default trixie): the Debian release whose source package is built.
set -eu

say() { printf 'install-pgvector: %s\n' "$*"; }
fail() { printf 'install-pgvector: %s\n' "$*" >&2; exit 1; }

check=false
with_postgresql=false
major=
for argument in "$@"; do
  case $argument in
    --check) check=true ;;
    --with-postgresql) with_postgresql=true ;;
    -h | --help) sed -n '2,/^set/s/^# \{0,1\}//p' "$0"; exit 0 ;;
    [0-9] | [0-9][0-9]) major=$argument ;;
    *) printf 'usage: %s [--check] [--with-postgresql] [MAJOR]\n' "$0" >&2; exit 2 ;;
  esac
done

# Prints pg_config of the wanted server, or of the newest one; nothing when there is none.
find_pg_config() {
  for candidate in /usr/lib/postgresql/*/bin /usr/lib/postgresql*/bin /usr/pgsql-*/bin \
    "$(dirname "$(command -v pg_config || echo /none/pg_config)")"; do
    # A pg_config without the server beside it belongs to a client library.
    if [ -x "$candidate/postgres" ] && [ -x "$candidate/pg_config" ]; then
      version=$("$candidate/pg_config" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')
      if [ -z "$major" ] || [ "$version" = "$major" ]; then printf '%s %s\n' "$version" "$candidate/pg_config"; fi
    fi
  done | sort -rn | sed -n '1s/^[0-9]* //p'
}

control_file() { printf '%s/extension/vector.control' "$("$1" --sharedir)"; }

report_installed() {
  pgvector=$(sed -n "s/^default_version *= *'\(.*\)'.*/\1/p" "$(control_file "$pg_config")")
  say "$1: pgvector $pgvector for PostgreSQL $major"
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo > /dev/null 2>&1; then sudo "$@"
  else fail "this needs root and there is no sudo; run it as root"
  fi
}

# Five minutes, because another run or the unattended upgrades may hold dpkg's lock.
apt() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 "$@"; }
apt_install() { apt install -y --no-install-recommends "$@" > "$log" 2>&1 || { tail -n 20 "$log" >&2; fail "apt-get could not install: $*"; }; }
apt_has() { [ -n "$(apt-cache show "$1" 2> /dev/null)" ]; }

# The package's name differs between distributions; the first one that installs wins.
install_first() {
  tool=$1; shift
  for package in "$@"; do
    case $tool in
      apt-get) if apt_has "$package"; then apt_install "$package"; return 0; fi ;;
      dnf | yum | zypper) if as_root "$tool" install -y "$package" > "$log" 2>&1; then return 0; fi ;;
      apk) if as_root apk add "$package" > "$log" 2>&1; then return 0; fi ;;
      brew) if brew install "$package" > "$log" 2>&1; then return 0; fi ;;
    esac
  done
  return 1
}

# Prints the mirror from which this machine itself installs Debian's main packages.
debian_mirror() {
  # shellcheck disable=SC2016 # apt-get fills the placeholder in
  apt-get indextargets --format '$(REPO_URI)' 'Origin: Debian' 'Label: Debian' 'Component: main' 2> /dev/null | sed -n 1p
}

build_from_debian_source() {
  suite=${PGVECTOR_SOURCE_SUITE:-trixie}
  mirror=$(debian_mirror)
  keyring=/usr/share/keyrings/debian-archive-keyring.gpg
  [ -n "$mirror" ] || fail "no Debian mirror in apt's configuration; cannot fetch the source package"
  [ -r "$keyring" ] || fail "$keyring is missing; install debian-archive-keyring"
  say "no package for PostgreSQL $major in this release; building Debian's source package from $suite"
  apt_has "postgresql-server-dev-$major" || fail "apt has no postgresql-server-dev-$major, which the build needs"
  apt_install build-essential "postgresql-server-dev-$major"
  # An apt of its own: the machine's sources stay as they are, and the archive's signature is checked.
  printf 'deb-src [signed-by=%s] %s %s main\n' "$keyring" "$mirror" "$suite" > "$work/sources.list"
  mkdir "$work/lists" "$work/cache"
  set -- -qq -o "Dir::Etc::sourcelist=$work/sources.list" -o Dir::Etc::sourceparts=- \
    -o "Dir::State::lists=$work/lists" -o "Dir::Cache=$work/cache" -o APT::Sandbox::User=root
  (cd "$work" && apt-get "$@" update && apt-get "$@" source pgvector) > "$log" 2>&1 ||
    { tail -n 20 "$log" >&2; fail "could not fetch the source package pgvector of $suite"; }
  cd "$work"/pgvector-*/ || fail "the source package was not unpacked"
  # Without OPTFLAGS it is compiled for this very processor, and a cached image may move to another.
  if ! { make -s -j2 OPTFLAGS= PG_CONFIG="$pg_config" && as_root make -s install PG_CONFIG="$pg_config"; } > "$log" 2>&1; then
    tail -n 20 "$log" >&2
    fail "the build failed"
  fi
}

for tool in apt-get dnf yum zypper apk brew none; do
  if command -v "$tool" > /dev/null 2>&1; then break; fi
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
log=$work/log

pg_config=$(find_pg_config)
if [ -z "$pg_config" ]; then
  [ "$check" = false ] || fail "no PostgreSQL server${major:+ $major} is installed"
  [ "$with_postgresql" = true ] || fail "no PostgreSQL server${major:+ $major} is installed; install one, or run this with --with-postgresql"
  if [ "$tool" = apt-get ]; then apt update > "$log" 2>&1 || true; fi
  say "installing PostgreSQL${major:+ $major} with $tool"
  if [ -n "$major" ]; then set -- "postgresql-$major" "postgresql$major-server" "postgresql$major" "postgresql@$major"
  else set -- postgresql-server postgresql; fi
  install_first "$tool" "$@" || fail "$tool has no PostgreSQL server${major:+ $major} to install"
  pg_config=$(find_pg_config)
  [ -n "$pg_config" ] || fail "PostgreSQL was installed, but its pg_config was not found"
fi
major=$("$pg_config" --version | sed 's/[^0-9]*\([0-9]*\).*/\1/')

if [ -f "$(control_file "$pg_config")" ]; then report_installed "already installed"; exit 0; fi
[ "$check" = false ] || fail "PostgreSQL $major is installed, pgvector is not"

if [ "$tool" = apt-get ]; then apt update > "$log" 2>&1 || say "apt-get update failed; going on with the lists at hand"; fi
if ! install_first "$tool" "postgresql-$major-pgvector" "pgvector_$major" "postgresql$major-pgvector" pgvector postgresql-pgvector; then
  case $(sed -n 's/^ID=//p' /etc/os-release 2> /dev/null) in
    debian) (build_from_debian_source) ;;
    *) fail "no package of pgvector for PostgreSQL $major was found; see the installation notes of pgvector, or add PostgreSQL's own package repository" ;;
  esac
fi
[ -f "$(control_file "$pg_config")" ] || fail "a package was installed, but not for PostgreSQL $major: $(control_file "$pg_config") is missing"
report_installed "installed"
