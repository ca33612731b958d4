# shellcheck shell=bash
# Sourced by testbed: boot hosts.

ensure_run() {   # key, bridge and limits shared by all hosts of this run
    local limit=/proc/sys/fs/inotify/max_user_instances
    install -d -m 755 "$RUN" "$RUN/hosts"
    [ -e "$KEY" ] || ssh-keygen -q -t ed25519 -N '' -C testbed -f "$KEY"
    if ! ip link show "$BRIDGE" > /dev/null 2>&1; then
        ip link add "$BRIDGE" type bridge
        ip address add "$NET.1/24" dev "$BRIDGE"
        ip link set "$BRIDGE" up
    fi
    # each host's systemd takes about seven, and all hosts' root is one user; the last purge puts it back
    if [ "$(all_hosts | wc -l)" -gt 8 ] && [ "$(cat $limit)" -lt 2048 ]; then
        cat $limit > "$INOTIFY_BEFORE"
        echo 2048 > $limit
    fi
}

free_address() {
    local last=11
    while grep -qsx "$NET.$last" "$RUN"/hosts/*/address; do last=$((last + 1)); done
    [ "$last" -le 254 ] || die "all addresses are taken"
    echo "$NET.$last"
}

record_host() {   # record_host NAME FLAVOUR ENV: its facts, before anything of it exists
    local directory=$RUN/hosts/$1
    mkdir -p "$directory/mnt"
    free_address > "$directory/address.new"
    mv "$directory/address.new" "$directory/address"
    echo "$2" > "$directory/flavour"
    echo "$3" > "$directory/env"
    cgroups_of "$1" > "$directory/cgroups"
    ssh-keygen -q -t ed25519 -N '' -C "$1" -f "$directory/hostkey"
}

start_host() {   # start_host NAME
    local name=$1 directory=$RUN/hosts/$1 base pid cgroup here
    if [ "$(fact "$name" flavour)" = vm ]; then start_vm "$name"; return; fi
    base=$(root_of "$(fact "$name" flavour)")
    ip link add "$LINK$name" type veth peer name "$PEER$name"
    ip link set "$LINK$name" master "$BRIDGE" up
    (
        # its own cgroup in every hierarchy, before nspawn: that becomes the host's root of it
        while read -r cgroup; do mkdir -p "$cgroup" && echo "$BASHPID" > "$cgroup/cgroup.procs"; done < "$directory/cgroups"
        exec setsid unshare --mount --net --pid --fork --kill-child=SIGKILL --mount-proc \
            "$HERE/lib/host-boot" "$directory" "$base" "$name" "$(fact "$name" address)" "$KEY"
    ) < /dev/null > "$directory/console.log" 2>&1 9>&- 8>&- &
    pid=$!
    disown "$pid"
    echo "$pid" > "$directory/pid"
    here=$(readlink /proc/self/ns/net)
    while [ "$(readlink "/proc/$pid/ns/net")" = "$here" ]; do sleep 0.01; done
    kill -0 "$pid" 2>/dev/null || die "$name did not start: $(tail -n 3 "$directory/console.log")"
    ip link set "$PEER$name" netns "$pid" name host0
}

await_host() {   # await_host NAME: systemd has finished starting, so sshd listens
    # not by trying port 22: each attempt would leave an error in the host's journal
    local name=$1 console=$RUN/hosts/$1/console.log end=$((SECONDS + BOOT_SECONDS)) state=''
    [ "$(fact "$name" flavour)" != vm ] || end=$((end + VM_SECONDS))
    until [[ $state =~ ^(running|degraded)$ ]]; do
        alive "$name" || die "$name stopped while booting: $(tail -n 3 "$console")"
        [ "$SECONDS" -lt "$end" ] || die "$name is not up after $BOOT_SECONDS s ($state); see $console"
        sleep 0.03
        state=$( (in_host "$name" timeout "$BOOT_SECONDS" systemctl is-system-running --wait) 2>/dev/null || :)
    done
    # forget that a host of an earlier life did not answer at this address
    ip neighbour flush to "$(fact "$name" address)" dev "$BRIDGE"
    : > "$RUN/hosts/$name/ready"
}

write_access_files() {   # known_hosts, ssh_config and inventory.yaml, from the facts of all hosts
    local name address group env
    : > "$RUN/known_hosts.new"
    echo 'hosts:' > "$RUN/inventory.new"
    cat > "$RUN/ssh_config.new" <<C
Host *
  User ops
  IdentityFile $KEY
  IdentitiesOnly yes
  UserKnownHostsFile $RUN/known_hosts
  GlobalKnownHostsFile none
  StrictHostKeyChecking yes
  BatchMode yes
C
    for name in $(host_names); do
        address=$(fact "$name" address) env=$(fact "$name" env) group=${name%%-*}
        echo "$address,$name $(cut -d' ' -f1,2 "$RUN/hosts/$name/hostkey.pub")" >> "$RUN/known_hosts.new"
        printf 'Host %s\n  HostName %s\n' "$name" "$address" >> "$RUN/ssh_config.new"
        echo "  $name: {address: $address, user: ops, groups: [$group, $(fact "$name" flavour)], env: $env, become: sudo}" \
            >> "$RUN/inventory.new"
    done
    mv "$RUN/known_hosts.new" "$RUN/known_hosts"
    mv "$RUN/ssh_config.new" "$RUN/ssh_config"
    mv "$RUN/inventory.new" "$RUN/inventory.yaml"
}

up() {
    local spec name flavour env rest names=() fresh=()
    [ $# -gt 0 ] || usage
    declare -A flavours=() envs=()
    for spec; do
        IFS=: read -r name flavour env rest <<< "$spec"
        flavour=${flavour:-apt} env=${env:-dev}
        [[ $name =~ ^[a-z][a-z0-9-]{0,9}$ && -z $rest ]] || { echo "testbed: not a host name of at most ten of a-z 0-9 -: $spec" >&2; exit 2; }
        [[ $flavour =~ ^(apt|dnf|vm)$ ]] || { echo "testbed: flavour is apt, dnf or vm: $spec" >&2; exit 2; }
        [[ $env =~ ^(dev|staging|prod)$ ]] || { echo "testbed: env is dev, staging or prod: $spec" >&2; exit 2; }
        [ -z "${flavours[$name]:-}" ] || { echo "testbed: named twice: $name" >&2; exit 2; }
        names+=("$name") flavours[$name]=$flavour envs[$name]=$env
    done
    lock
    # shellcheck disable=SC2046  # words
    prepare $(printf '%s\n' "${flavours[@]}" | sort -u)
    remove_dead
    for name in "${names[@]}"; do
        if ! alive "$name"; then fresh+=("$name"); continue; fi
        [ "$(fact "$name" flavour) $(fact "$name" env)" = "${flavours[$name]} ${envs[$name]}" ] ||
            die "$name is up already, as $(fact "$name" flavour) and $(fact "$name" env)"
    done
    for name in "${fresh[@]}"; do record_host "$name" "${flavours[$name]}" "${envs[$name]}"; done
    ensure_run
    for name in "${fresh[@]}"; do start_host "$name"; done
    write_access_files
    for name in "${fresh[@]}"; do await_host "$name"; done
    echo "$RUN"
}
