# shellcheck shell=bash
# Sourced by testbed: faults on demand. Each file in faults/ is one fault; see lib/fault-run.sh for what it defines.
# Its head says: `# about:` one line; `# for:` the flavours; `# where: outside` when it does not run inside the host.

fault_head() { sed -n "s/^# $2: //p" "$HERE/faults/$1" | head -n 1; }    # fault_head FAULT KEY

list_faults() {
    local file fault
    for file in "$HERE"/faults/*; do
        fault=${file##*/}
        printf '%-28s %-8s %s\n' "$fault" "$(fault_head "$fault" for | tr ' ' ,)" "$(fault_head "$fault" about)"
    done
}

fault() {   # fault NAME inject|heal|status FAULT [ARGUMENT…]: heal uses the arguments of inject
    local name=${1:-} verb=${2:-} fault=${3:-} file note
    [ $# -ge 3 ] || usage
    shift 3
    [[ $verb =~ ^(inject|heal|status)$ ]] || usage
    [[ $fault =~ ^[a-z-]+$ && -f $HERE/faults/$fault ]] || { echo "testbed: no such fault: $fault (testbed faults lists them)" >&2; exit 2; }
    alive "$name" || die "$name is not up"
    [[ " $(fault_head "$fault" for) " = *" $(fact "$name" flavour | sed s/vm/apt/) "* ]] || die "$fault is not for $(fact "$name" flavour)"
    [ "$(fact "$name" flavour)" != vm ] || [ "$(fault_head "$fault" where)" != outside ] || die "$fault is not for a virtual machine"
    file=$HERE/faults/$fault note=$RUN/hosts/$name/faults/$fault
    mkdir -p "${note%/*}"
    case $verb in
        inject) printf '%s\n' "$@" > "$note" ;;
        *) if [ $# = 0 ] && [ -s "$note" ]; then readarray -t words < "$note"; set -- "${words[@]}"; fi ;;
    esac
    [ $# -gt 1 ] || [ -n "${1:-}" ] || set --
    if [ "$(fault_head "$fault" where)" = outside ]; then
        # a process of its own, so that its `set -e` holds
        HOST_NAME=$name bash -c '. "$1/lib/fault-run.sh"; . "$1/lib/outside.sh"; . "$2"; shift 2; run "$@"' \
            "testbed: $fault on $name" "$HERE" "$file" "$verb" "$@" || die "$fault on $name: $verb failed"
    else
        in_host "$name" bash -c "$(cat "$HERE/lib/fault-run.sh" "$file")"$'\nrun "$@"' "$fault" "$verb" "$@" < /dev/null ||
            die "$fault on $name: $verb failed"
    fi
    [ "$verb" != heal ] || rm -f "$note"
}
