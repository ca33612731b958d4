# shellcheck shell=bash
# Sourced for faults that are made outside the host: $HOST_NAME and what testbed exported.
# shellcheck disable=SC2034  # used by faults
DIRECTORY=$RUN/hosts/$HOST_NAME
ADDRESS=$(cat "$DIRECTORY/address")
BOOT_PID=$(pgrep --parent "$(cat "$DIRECTORY/pid")" | head -n 1)    # host-boot
HOST_LINK=$LINK$HOST_NAME

inside() { "$SELF" root "$HOST_NAME" "$@" < /dev/null; }
ssh_answers() { timeout 5 bash -c "exec 3<>/dev/tcp/$ADDRESS/22"; }

# A real small disk at /srv/data of the host. The loop device frees itself with the last mount of it, so that nothing stays
# when the host dies.
small_disk() {   # small_disk blocks|inodes
    local image=$DIRECTORY/disk.img device pid
    truncate -s 16M "$image"
    mke2fs -q -F -t ext4 -m 0 -O ^has_journal -N "$([ "$1" = inodes ] && echo 64 || echo 1024)" "$image"
    pid=$(pgrep --parent "$BOOT_PID" | head -n 1)    # nspawn; its child is the host's first process
    pid=$(pgrep --parent "$pid" | head -n 1)
    inside mkdir -p /srv/data
    device=$(losetup --find --show "$image")
    # shellcheck disable=SC2064  # now, because the name is gone then
    trap "losetup --detach $device" EXIT    # takes effect with the last unmount
    # a node that exists only for this mount: hosts have no block devices
    nsenter --mount --target "$pid" sh -c "
        mknod /dev/testbed-disk b $(stat -c '0x%t 0x%T' "$device" | { read -r a b; echo $((a)) $((b)); }) &&
        mount /dev/testbed-disk /srv/data; status=\$?; rm -f /dev/testbed-disk; exit \$status"
}
remove_disk() {
    if inside mountpoint -q /srv/data; then inside umount /srv/data; fi
    inside sh -c '[ ! -d /srv/data ] || rmdir /srv/data'
    rm -f "$DIRECTORY/disk.img"
}
