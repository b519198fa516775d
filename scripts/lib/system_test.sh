# The programs of the module scripts/system-test: the demo, the race and the benchmarks' Java.
# Needs common, jdk, packages and build.

SYSTEM_TEST=$ROOT/scripts/system-test

# Builds the module and what it depends on when its sources are newer; says so on stderr, so that output stays readable
# by programs. In the foreground, where a signal ends it.
build_system_test() {
  local jar=$SYSTEM_TEST/target/system-test.jar
  if [ -s "$jar" ] && [ -z "$(find "$SYSTEM_TEST/pom.xml" "$SYSTEM_TEST/src" -newer "$jar")" ]; then return; fi
  {
    load_settings
    make_local_dir
    ensure_maven
    require_space 1000 "$ROOT" 'the build'
    say "building scripts/system-test (log: $LOG_DIR/build.log)"
  } >&2
  (in_root "$MVN" -B -ntp -DskipTests -Dspotless.check.skip=true -pl scripts/system-test -am package) \
    >"$LOG_DIR/build.log" 2>&1 </dev/null || build_failed
}

# The jar, whose manifest names the libraries, and the modules of this build.
system_test_path() {
  local module path=$SYSTEM_TEST/target/system-test.jar
  for module in kernel migrate service references testkit; do
    path=$path:$ROOT/platform-common/$module/target/classes
  done
  echo "$path"
}

# system_test <option of java…> <class> <argument…>
system_test() {
  "$JAVA" "-Da2g.root=$ROOT" -cp "$(system_test_path)" "$@"
}
