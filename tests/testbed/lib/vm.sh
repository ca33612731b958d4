# shellcheck shell=bash
# Sourced by testbed: hosts of the flavour vm, with a kernel of their own: an apt host in a virtual machine (QEMU, emulated: slow).
# For what a container cannot show: cgroup v2 (Result=oom-kill), the clock, sysctls, the kernel's log.

VM_NEEDED="qemu-system-x86 seabios e2fsprogs"

image_of() { echo "$CACHE/vm-$({ root_of apt; cat "$HERE"/vm/*; } | sha256sum | cut -c1-12)"; }

ensure_image() {
    local image tmp=$CACHE/building-vm log=$CACHE/build-vm.log status=0 started=$SECONDS
    NEEDED=$VM_NEEDED install_needed
    ensure_root apt
    image=$(image_of)
    [ ! -d "$image" ] || return 0
    lock_cache
    [ ! -d "$image" ] || return 0
    echo "testbed: building the disk of virtual machines (once; about a minute)" >&2
    rm -rf --one-file-system "$tmp"
    setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child --mount-proc \
        "$HERE/vm/build-image" "$(root_of apt)" "$tmp" > "$log" 2>&1 || status=$?
    [ "$status" != 77 ] || cannot "the kernel's packages cannot be fetched; see $log"
    [ "$status" = 0 ] || die "the disk cannot be built; see $log"
    mv "$tmp" "$image"
    echo "testbed: disk of virtual machines: $((SECONDS - started)) s, $(du -sm "$image" | cut -f1) MB" >&2
}

start_vm() {   # start_vm NAME: what it writes to its disk goes when it ends
    local name=$1 directory=$RUN/hosts/$1 image settings=$RUN/hosts/$1/settings address cgroup
    image=$(image_of) address=$(fact "$name" address)
    mkdir "$settings"
    echo "$name" > "$settings/name"
    cp "$directory"/{address,hostkey,hostkey.pub} "$settings"
    cp "$KEY.pub" "$settings/key.pub"
    mke2fs -q -t ext4 -d "$settings" "$directory/settings.img" 4M > /dev/null
    rm -r "$settings"
    ip tuntap add "$LINK$name" mode tap
    ip link set "$LINK$name" master "$BRIDGE" up
    (
        while read -r cgroup; do mkdir -p "$cgroup" && echo "$BASHPID" > "$cgroup/cgroup.procs"; done < "$directory/cgroups"
        exec setsid qemu-system-x86_64 -accel tcg,thread=multi -cpu max -smp 2 -m 768 -nographic -snapshot \
            -kernel "$image/vmlinuz" -initrd "$image/initrd" -append 'root=/dev/vda rw console=ttyS0 quiet net.ifnames=0' \
            -drive "file=$image/disk.img,format=raw,if=virtio" -drive "file=$directory/settings.img,format=raw,if=virtio" \
            -netdev "tap,id=net,ifname=$LINK$name,script=no,downscript=no" \
            -device "virtio-net-pci,romfile=,netdev=net,mac=52:54:00:00:$(printf %02x "$INSTANCE"):$(printf %02x "${address##*.}")" -device virtio-rng-pci
    ) < /dev/null > "$directory/console.log" 2>&1 9>&- 8>&- &
    echo $! > "$directory/pid"
    disown $!
}

in_vm() {   # in_vm NAME COMMAND…: through SSH, because its processes are not ours
    local name=$1; shift
    ssh -F "$RUN/ssh_config" -o ConnectTimeout=5 -o KexAlgorithms=curve25519-sha256 "$name" \
        "sudo -n env -i PATH=$PATH HOME=/root USER=root LC_ALL=C.UTF-8 $(printf '%q ' "$@")"
}
