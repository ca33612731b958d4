# shellcheck shell=bash
# Sourced by testbed: check this machine, install what is needed, build and cache the base roots.
# A root is named after a hash of everything that shaped it: change a line there and another one is built beside it,
# so that running hosts keep theirs. All instances share them; only `purge --cache` removes any.

NEEDED="mmdebstrap systemd-container openssh-client iproute2 apt-utils dpkg-dev gpg gpg-agent procps"

cannot() { echo "testbed: cannot run here: $*" >&2; exit 77; }

check_machine() {   # everything that is cheap to know beforehand
    local name=check-$$ directory
    [ "$(id -u)" = 0 ] || cannot "it needs root"
    [ "$(uname -s)" = Linux ] || cannot "it needs Linux"
    grep -qw overlay /proc/filesystems || cannot "the kernel has no overlayfs"
    unshare --mount --net --pid --fork true 2>/dev/null || cannot "namespaces are not permitted"
    [ -n "$(cgroups_of "$name")" ] || cannot "no cgroup hierarchy is mounted"
    while read -r directory; do
        { mkdir "$directory" && rmdir "$directory"; } 2>/dev/null || cannot "no cgroup can be made in ${directory%/*}"
    done < <(cgroups_of "$name")
}

install_needed() {
    local missing package log=$CACHE/install.log
    missing=$(for package in $NEEDED; do
        dpkg-query --show --showformat='${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q ^ii || echo "$package"
    done)
    [ -n "$missing" ] || return 0
    command -v apt-get > /dev/null || cannot "it needs Debian's packages, and there is no apt-get"
    echo "testbed: installing ${missing//$'\n'/ }" >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get update > "$log" 2>&1 || cannot "the package lists cannot be fetched; see $log"
    # shellcheck disable=SC2086  # a list of words
    apt-get install -y --no-install-recommends $missing >> "$log" 2>&1 || cannot "packages cannot be installed; see $log"
}

root_of() {   # root_of FLAVOUR: where its base root is or will be
    echo "$CACHE/base-$1-$(cd "$HERE/base" && find . -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -c1-12)"
}

lock_cache() {   # one build at a time; again if the cache was removed while we waited
    until [ "$CACHE" -ef /proc/self/fd/8 ]; do
        mkdir -p "$CACHE"
        exec 8< "$CACHE"
        flock 8
    done
}

ensure_root() {   # ensure_root FLAVOUR: a process of its own builds it, so that its `set -e` holds
    local flavour=$1 root tmp log started=$SECONDS status=0
    root=$(root_of "$flavour") tmp=$CACHE/building-$flavour log=$CACHE/build-$flavour.log
    [ ! -d "$root" ] || return 0
    lock_cache
    [ ! -d "$root" ] || return 0    # another instance built it meanwhile
    echo "testbed: building the $flavour root (once; about a minute)" >&2
    rm -rf --one-file-system "$tmp"
    # when testbed is killed, so is everything the build started; the locks (fd 8, 9) hold until that is done
    setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child --mount-proc \
        "$HERE/base/build-root" "$flavour" "$tmp" > "$log" 2>&1 || status=$?
    [ "$status" != 77 ] || cannot "the Debian packages of a root cannot be fetched; see $log"
    [ "$status" = 0 ] || die "the $flavour root cannot be built; see $log"
    mv "$tmp" "$root"
    echo "testbed: $flavour root: $((SECONDS - started)) s, $(du -sm "$root" | cut -f1) MB" >&2
}

prepare() {   # prepare FLAVOUR…
    local flavour
    check_machine
    mkdir -p "$CACHE"
    install_needed
    for flavour; do
        if [ "$flavour" = vm ]; then ensure_image; else ensure_root "$flavour"; fi
    done
}
