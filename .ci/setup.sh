# Sourced by ./test, ./run, ./gatehouse and bench/run: what a machine needs, and building no more than necessary.
# Nothing here writes to standard output, which belongs to the answer of the program that is started.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_CLI_UI_LANGUAGE=en

# install_packages NAME...: installs the Debian packages that are missing; says which are, and fails, where it may not.
install_packages() {
  local package missing=()
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [[ ${#missing[@]} -eq 0 ]] && return
  if [[ $(id -u) -ne 0 ]] || ! command -v apt-get >/dev/null; then
    echo "missing, and only root on Debian can install: ${missing[*]}" >&2
    return 1
  fi
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
}

# install_npm FOLDER: what the folder's lock file names, unless it is there already.
install_npm() {
  [[ -f $root/$1/package.json ]] || return 0
  [[ $root/$1/node_modules/.package-lock.json -nt $root/$1/package-lock.json ]] || (cd "$root/$1" && npm ci >&2)
}

# build_if_stale PROJECT FOLDER...: a Release build, skipped while project and folders hold what was built last.
build_if_stale() {
  local project=$1 state=$root/artifacts/built/${1##*/}
  mkdir -p "$root/artifacts/built"
  exec 9>"$root/artifacts/built/lock"
  flock 9 # two calls at once must not build into the same folders
  local sources
  sources=$(cd "$root" && find "${@:2}" ./*.props global.json \( -name bin -o -name obj -o -name node_modules \) -prune -o -type f -exec cksum {} + | sort | cksum)
  if [[ ! -f $(program "$project") || ! -f $state || $(<"$state") != "$sources" ]]; then
    echo "building $project" >&2
    # The compiler's server outlives this call and must not keep the lock, so it does not get it (9>&-).
    dotnet build "$root/$project" -c Release >"$state.log" 2>&1 9>&- || { cat "$state.log" >&2 && return 1; }
    echo "$sources" >"$state"
  fi
  exec 9>&-
}

# program PROJECT: the path of what build_if_stale builds.
program() {
  echo "$root/$1/bin/Release/net10.0/${1##*/}.dll"
}
