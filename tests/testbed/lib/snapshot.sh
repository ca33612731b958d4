# shellcheck shell=bash
# Sourced by testbed: the state of a host as text, one fact a line, always in the same order: two of them can be compared.

snapshot() { in_host "$1" bash -c "$(cat "$HERE/lib/snapshot-inside.sh")" < /dev/null; }

boot_of() { (in_host "$1" cat /proc/sys/kernel/random/boot_id 2>/dev/null) || :; }
reboot() {
    local before now=''
    alive "$1" || die "$1 is not up"
    before=$(boot_of "$1")
    in_host "$1" systemctl reboot
    local end=$((SECONDS + BOOT_SECONDS))
    while [ -z "$now" ] || [ "$now" = "$before" ]; do
        [ "$SECONDS" -lt "$end" ] || die "$1 did not come back after $BOOT_SECONDS s"
        sleep 0.1
        now=$(boot_of "$1")
    done
    await_host "$1"
}
