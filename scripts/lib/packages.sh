# Installs a tool with the distribution's package manager: only what it offers itself, only with
# root's rights, and never when A2G_INSTALL=no.

package_manager() {
  local tool
  for tool in apt-get dnf zypper apk pacman brew; do
    if command -v $tool >/dev/null; then
      echo $tool
      return
    fi
  done
  echo none
}

# package_name <manager> <jdk|maven|node|compose|chromium>
package_name() {
  case $1-$2 in
    apt-get-jdk) echo openjdk-25-jdk-headless ;;
    dnf-jdk | zypper-jdk) echo java-25-openjdk-devel ;;
    apk-jdk) echo openjdk25-jdk ;;
    pacman-jdk) echo jdk25-openjdk ;;
    brew-jdk) echo openjdk@25 ;;
    *-maven) echo maven ;;
    apt-get-node) echo npm ;; # brings nodejs
    brew-node) echo node ;;
    *-node) echo nodejs ;;
    *-compose) echo docker-compose ;;
    *-chromium) echo chromium ;;
  esac
}

# install_packages <jdk|maven|node|compose|chromium>: true when the package was there and could be installed.
install_packages() {
  local manager package
  manager=$(package_manager)
  [ "$manager" != none ] && [ "$A2G_INSTALL" = yes ] && as_root true 2>/dev/null || return 1
  package=$(package_name "$manager" "$1")
  package_exists "$manager" "$package" || return 1
  say "installing $package with $manager (A2G_INSTALL=no forbids this)"
  run_task "installing $package" "$LOG_DIR/install-$1.log" install_package "$manager" "$package" ||
    explain_failure "$LOG_DIR/install-$1.log" "$manager could not install $package; install it by hand"
}

# Homebrew refuses root; everything else needs it.
as_root() {
  if [ "$(package_manager)" = brew ] || [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    command -v sudo >/dev/null && sudo -n "$@"
  fi
}

package_exists() {
  case $1 in
    apt-get)
      apt_has "$2" && return
      as_root apt-get update -qq >/dev/null 2>&1 && apt_has "$2"
      ;;
    dnf) dnf -q info "$2" >/dev/null 2>&1 ;;
    zypper) zypper -q --non-interactive search --match-exact "$2" >/dev/null 2>&1 ;;
    apk) [ -n "$(apk search -e "$2" 2>/dev/null)" ] ;;
    pacman) pacman -Si "$2" >/dev/null 2>&1 ;;
    brew) brew info "$2" >/dev/null 2>&1 ;;
  esac
}

# "apt-cache show" also knows packages that can no longer be had; the policy tells whether there is a candidate.
apt_has() {
  [[ $(apt-cache policy "$1" 2>/dev/null) == *'Candidate: '[^\(]* ]]
}

install_package() {
  case $1 in
    apt-get) as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$2" ;;
    dnf) as_root dnf install -y "$2" ;;
    zypper) as_root zypper --non-interactive install "$2" ;;
    apk) as_root apk add "$2" ;;
    pacman) as_root pacman -S --noconfirm "$2" ;;
    brew) brew install "$2" ;;
  esac
}

jdk_advice() {
  local manager
  manager=$(package_manager)
  if [ "$manager" != none ] && package_exists "$manager" "$(package_name "$manager" jdk)" 2>/dev/null; then
    echo "package $(package_name "$manager" jdk)"
  else
    echo "Eclipse Temurin 25, https://adoptium.net/installation; this system's package manager has none"
  fi
}

maven_advice() {
  echo "package maven of your system, or https://maven.apache.org/install.html"
}
