# Finds a JDK 25 or newer and Maven 3.8.7 or newer, installs them where the distribution has them, or
# says exactly what to install.

JDK_WANTED=25
MAVEN_WANTED=3.8.7

# Sets JAVA_HOME to a JDK that is new enough.
ensure_jdk() {
  find_jdk && return
  install_packages jdk && find_jdk && return
  die "no JDK $JDK_WANTED or newer found$(older_jdks); install one ($(jdk_advice)) and set JAVA_HOME to its folder"
}

# JAVA_HOME first, then the java on PATH, then the oldest one that is new enough in the usual folders.
find_jdk() {
  local home version best='' best_version=0
  for home in "${JAVA_HOME:-}" "$(jdk_on_path)"; do
    if [ "$(jdk_version "$home")" -ge $JDK_WANTED ]; then
      use_jdk "$home"
      return
    fi
  done
  while IFS= read -r home; do
    version=$(jdk_version "$home")
    if [ "$version" -ge $JDK_WANTED ] && { [ "$best_version" -eq 0 ] || [ "$version" -lt "$best_version" ]; }; then
      best=$home best_version=$version
    fi
  done < <(jdk_folders)
  [ -n "$best" ] && use_jdk "$best"
}

use_jdk() {
  export JAVA_HOME=$1
  JAVA=$JAVA_HOME/bin/java
}

jdk_folders() {
  local home
  for home in /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /opt/* /opt/java/* /opt/jdk/* "${HOME:-/nonexistent}"/.sdkman/candidates/java/* \
    "${HOME:-/nonexistent}"/.jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if [ -x "$home/bin/javac" ]; then echo "$home"; fi
  done
}

# The folder behind the javac on PATH, symbolic links followed.
jdk_on_path() {
  local javac
  javac=$(command -v javac) || return 0
  javac=$(readlink -f "$javac" 2>/dev/null || echo "$javac")
  echo "${javac%/bin/javac}"
}

# The major version of the JDK in a folder; 0 when there is none (a JRE cannot build).
jdk_version() {
  local line=''
  if [ -n "$1" ] && [ -x "$1/bin/javac" ]; then
    line=$(grep -s '^JAVA_VERSION=' "$1/release") || line=$("$1/bin/javac" -version 2>/dev/null) || line=''
  fi
  if [[ $line =~ ([0-9]+) ]]; then echo "${BASH_REMATCH[1]}"; else echo 0; fi
}

older_jdks() {
  local home list=''
  while IFS= read -r home; do
    [ "$(jdk_version "$home")" = 0 ] || list="$list, $(jdk_version "$home") in $home"
  done < <({ [ -z "${JAVA_HOME:-}" ] || echo "$JAVA_HOME"; jdk_folders; } | sort -u)
  [ -z "$list" ] || printf ' (found only version %s)' "${list#, }"
}

# Sets MVN to a Maven that is new enough; asked for only when something has to be built or fetched.
ensure_maven() {
  [ -z "${MVN:-}" ] || return 0
  find_maven && return
  install_packages maven && find_maven && return
  die "no Maven $MAVEN_WANTED or newer found; install it ($(maven_advice)) and put mvn on PATH"
}

find_maven() {
  local candidate
  for candidate in "${MAVEN_HOME:-/nonexistent}/bin/mvn" "$(command -v mvn || true)" /opt/*/bin/mvn \
    "${HOME:-/nonexistent}/.sdkman/candidates/maven/current/bin/mvn" /usr/share/maven/bin/mvn; do
    if [ -x "$candidate" ] && maven_is_new_enough "$candidate"; then
      MVN=$candidate
      return 0
    fi
  done
  return 1
}

maven_is_new_enough() {
  local version
  version=$("$1" -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9][0-9.]*\).*/\1/p' | head -n 1)
  [ -n "$version" ] && [ "$(printf '%s\n%s\n' $MAVEN_WANTED "$version" | sort -V | head -n 1)" = $MAVEN_WANTED ]
}
