# shellcheck shell=bash
# Sourced by testbed: which hosts there are, and how to get into one.

host_names() { (cd "$RUN/hosts" 2>/dev/null && ls) || :; }
all_hosts() { find "$RUNS" "$RUNS"[1-9]* -mindepth 2 -maxdepth 2 -path '*/hosts/*' 2>/dev/null || :; }   # of every instance
others_have_hosts() { all_hosts | grep -qv "^$RUN/"; }
fact() { cat "$RUN/hosts/$1/$2" 2>/dev/null || :; }    # fact NAME address|flavour|env|pid

cgroups_of() {   # cgroups_of NAME: its directory in every hierarchy, below the caller's own (a limit on us holds for it)
    local controllers path hierarchy
    while IFS=: read -r _ controllers path; do
        case $controllers in
            '') hierarchy=$(findmnt --noheadings --first-only --output TARGET --types cgroup2 || :) ;;
            cpuset*) continue ;;    # a new v1 cpuset takes no process before it is filled in
            *) hierarchy=/sys/fs/cgroup/${controllers#name=} ;;
        esac
        [ -z "$hierarchy" ] || [ ! -d "$hierarchy" ] || echo "$hierarchy${path%/}/$CGROUP$1"
    done < /proc/self/cgroup
}

alive() {   # alive NAME: its recorded process is still the one we started, and not a zombie (which has no program)
    local pid; pid=$(fact "$1" pid)
    [ -n "$pid" ] && readlink "/proc/$pid/exe" > /dev/null && grep -qs -- "/$CGROUP$1\$" "/proc/$pid/cgroup"
}

init_of() {   # init_of NAME: pid, seen from here, of the host's systemd
    local directory
    while read -r directory; do
        [ -d "$directory/payload/init.scope" ] || continue
        sort --numeric-sort "$directory/payload/init.scope/cgroup.procs" | head -n 1
        return 0
    done < "$RUN/hosts/$1/cgroups"
}

in_host() {   # in_host NAME COMMAND…: a real root shell's environment, nothing of ours
    local name=$1 pid; shift
    if [ "$(fact "$name" flavour)" = vm ]; then in_vm "$name" "$@"; return; fi
    pid=$(init_of "$name" 2>/dev/null)
    [ -n "$pid" ] || die "$name is not running"
    nsenter --all --target "$pid" env -i PATH="$PATH" HOME=/root USER=root LC_ALL=C.UTF-8 TERM="${TERM:-dumb}" "$@"
}

list() {
    local name state
    for name in $(host_names); do
        state=$( (in_host "$name" systemctl is-system-running) 2>/dev/null || :)
        echo "$name $(fact "$name" address) $(fact "$name" flavour) $(fact "$name" env) ${state:-down}"
    done
}

lock() {   # on the run directory, so that no file stays; again if a purge took it while we waited
    until [ "$RUN" -ef /proc/self/fd/9 ]; do
        mkdir -p "$RUN"
        exec 9< "$RUN"
        flock 9
    done
}
