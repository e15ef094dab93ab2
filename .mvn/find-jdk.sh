#!/bin/sh
# Prints the home of a JDK 25 or newer: JAVA_HOME, then the java on the PATH, then the places where systems install JDKs.
# JAVA_HOME counts only if it is new enough, so that an older default does not stop the build.
set -u
wanted=25
major() {
  [ -x "$1/bin/javac" ] && [ -f "$1/release" ] || { echo 0; return; }
  sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}
on_path=$(command -v javac 2>/dev/null || true)
[ -n "$on_path" ] && on_path=$(readlink -f "$on_path") && on_path=${on_path%/bin/javac}
for home in "${JAVA_HOME:-}" "$on_path" /usr/lib/jvm/* /opt/jdk* /opt/java/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
  [ -n "$home" ] && [ -d "$home" ] || continue
  if [ "$(major "$home")" -ge "$wanted" ] 2>/dev/null; then
    printf '%s\n' "$home"
    exit 0
  fi
done
echo "camseal: error: no JDK $wanted or newer was found (looked in JAVA_HOME, on the PATH and in /usr/lib/jvm)" >&2
echo "camseal: hint: install a JDK $wanted (Temurin or OpenJDK) or set JAVA_HOME to one" >&2
exit 2
