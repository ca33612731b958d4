# shellcheck shell=bash
# Sourced by testbed: stop hosts, and remove what is left of them.

stop() {   # stop NAME TERM|KILL: TERM goes to host-boot, below unshare, which asks systemd to shut down
    local pid; pid=$(fact "$1" pid)
    alive "$1" || return 0
    if [ "$2" = TERM ] && [ "$(fact "$1" flavour)" != vm ]; then pid=$(pgrep --parent "$pid" | head -n 1); fi
    [ -z "$pid" ] || kill "-$2" "$pid" 2>/dev/null || :
}

remove_cgroup() {   # the kernel may answer "busy" for up to a second after the last process is gone
    for _ in $(seq 20); do
        [ -d "$1" ] || return 0
        find "$1" -depth -type d -exec rmdir {} + 2>/dev/null || :
        [ -d "$1" ] || return 0
        sleep 0.1
    done
    echo "testbed: left behind: $1" >&2
}

remove_host() {   # remove_host NAME: what its processes leave when they are gone
    local directory=$RUN/hosts/$1 cgroup device
    # only if a fault was killed just before it let go of the device
    for device in $(losetup --list --noheadings --output NAME,BACK-FILE 2>/dev/null | awk -v f="$directory/disk.img" '$2 == f {print $1}'); do
        losetup --detach "$device" || :
    done
    ip link delete "$LINK$1" 2>/dev/null || :
    [ ! -e "$directory/cgroups" ] || while read -r cgroup; do remove_cgroup "$cgroup"; done < "$directory/cgroups"
    rm -rf --one-file-system "$directory"
}

remove_dead() {   # after a crash: hosts that ended or never got ready, and cgroups and links that nothing records any more
    local name cgroup pid link
    for name in $(host_names); do
        ! alive "$name" || [ ! -e "$RUN/hosts/$name/ready" ] || continue
        while alive "$name"; do stop "$name" KILL; sleep 0.02; done
        remove_host "$name"
    done
    while read -r cgroup; do
        name=${cgroup##*/"$CGROUP"}
        [ ! -d "$RUN/hosts/$name" ] || continue
        while read -r pid; do kill -KILL "$pid" 2>/dev/null || :; done < <(find "$cgroup" -name cgroup.procs -exec cat {} +)
        remove_cgroup "$cgroup"
    done < <(find /sys/fs/cgroup -type d -name "$CGROUP*" -prune 2>/dev/null)
    for link in $(ip -oneline link show | sed -n "s/^[0-9]*: \(${LINK}[^@:]*\).*/\1/p"); do
        name=${link#"$LINK"}
        [ -d "$RUN/hosts/$name" ] || ip link delete "$link" 2>/dev/null || :
    done
}

down() {
    local name end=$((SECONDS + STOP_SECONDS)) signal=TERM
    case ${1:-} in '') ;; --now) signal=KILL ;; *) usage ;; esac
    for name in $(host_names); do stop "$name" $signal; done
    for name in $(host_names); do
        while alive "$name"; do
            [ "$SECONDS" -lt "$end" ] || { stop "$name" KILL; end=$((SECONDS + 2)); }
            sleep 0.05
        done
    done
    remove_dead
    # the key was for this run
    [ ! -d "$RUN" ] || rm -f "$RUN"/{id_ed25519,id_ed25519.pub,known_hosts,ssh_config,inventory.yaml}
}

purge() {
    case ${1:-} in ''|--cache) ;; *) usage ;; esac
    down
    ip link delete "$BRIDGE" 2>/dev/null || :
    if ! others_have_hosts; then    # what all instances share
        if [ -e "$INOTIFY_BEFORE" ]; then cat "$INOTIFY_BEFORE" > /proc/sys/fs/inotify/max_user_instances; fi
        rm -f "$INOTIFY_BEFORE"
        rmdir /run/systemd/nspawn 2>/dev/null || :    # host-boot's mount point
    fi
    if [ "${1:-}" = --cache ]; then
        ! others_have_hosts || die "the base roots stay: hosts of another instance run on them"
        rm -rf --one-file-system "$CACHE"
    fi
    rm -rf --one-file-system "$RUN"    # last, because it is the lock
}
