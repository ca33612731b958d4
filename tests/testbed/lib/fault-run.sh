# shellcheck shell=bash
# Around every fault, inside the host or outside: a fault file defines inject, heal and present (is it there?), and perhaps
# healthy (is all well again? otherwise: it is no longer there). Each is called with the fault's arguments.
set -eu    # no pipefail: `grep -q` closes the pipe early, and what some commands say matters more than their exit code
SECONDS_TO_SHOW=45
UNITS=/etc/systemd/system
KEPT=/var/lib/testbed-faults    # originals of files that a fault changed

fail() { echo "$*" >&2; exit 1; }
healthy() { ! present "$@"; }
within() {   # within SECONDS COMMAND…: it becomes true in time
    local end=$((SECONDS + $1)); shift
    until "$@" > /dev/null 2>&1; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep 0.1
    done
}

keep() {   # keep FILE: remember it as it is
    install -d -m 700 "$KEPT"
    [ -e "$KEPT/${1//\//!}" ] || cp -a "$1" "$KEPT/${1//\//!}"
}
put_back() {
    [ ! -e "$KEPT/${1//\//!}" ] || cp -a --remove-destination "$KEPT/${1//\//!}" "$1"
    rm -f "$KEPT/${1//\//!}"
    rmdir "$KEPT" 2>/dev/null || :
}

is_apt() { command -v dpkg > /dev/null; }
has_package() { if is_apt; then [ -n "$(dpkg-query -W "$1")" ]; else rpm -q "$1"; fi > /dev/null 2>&1; }
install_package() {   # install_package NAME VERSION: nobody is asked; what the operator edited stays
    if is_apt; then DEBIAN_FRONTEND=noninteractive apt-get -y -q -o Dpkg::Options::=--force-confold install "$1=$2"
    else dnf -y -q install "$1-$2"; fi
}
remove_package() {   # with its configuration
    if is_apt; then apt-get -y -q purge "$1" || dpkg --purge --force-all "$1"; else dnf -y -q remove "$1"; fi
}
program() { cat > "/usr/local/bin/$1"; chmod 755 "/usr/local/bin/$1"; }    # program NAME < TEXT
unit() { cat > "$UNITS/$1.service"; systemctl daemon-reload; }                # unit NAME < TEXT
remove_unit() {   # remove_unit NAME: and the program of this name
    systemctl stop "$1.service" 2>/dev/null || :
    rm -f "$UNITS/$1.service" "/usr/local/bin/$1"
    systemctl daemon-reload
    systemctl reset-failed "$1.service" 2>/dev/null || :
}
property() { systemctl show --value --property="$2" "$1"; }    # property UNIT NAME

adjust_demo_web() {   # as `systemctl edit` would; reads the drop-in
    mkdir -p $UNITS/demo-web.service.d
    cat > $UNITS/demo-web.service.d/override.conf
    systemctl daemon-reload
}
demo_web_back() {
    rm -rf $UNITS/demo-web.service.d
    put_back /etc/demo-web/nginx.conf
    systemctl daemon-reload
    systemctl reset-failed demo-web demo-dependent 2>/dev/null || :
    systemctl restart demo-web
    within 10 demo_web_answers
    systemctl start demo-dependent
}
demo_web_answers() { curl --silent --fail --max-time 3 http://127.0.0.1:8080/; }
demo_web_failed() { [ "$(property demo-web ActiveState)" = failed ]; }
demo_web_well() { [ "$(systemctl is-active demo-web demo-dependent | sort -u)" = active ] && demo_web_answers; }

run() {   # run inject|heal|status ARGUMENT…
    local verb=$1; shift
    case $verb in
        inject)
            if present "$@" > /dev/null 2>&1; then echo 'it was there'; return 0; fi
            inject "$@" > /dev/null
            within $SECONDS_TO_SHOW present "$@" || fail 'injected, but it does not show' ;;
        heal)
            heal "$@" > /dev/null
            within $SECONDS_TO_SHOW healthy "$@" || fail 'healed, but it still shows' ;;
        status) if present "$@" > /dev/null 2>&1; then echo present; else echo absent; fi ;;
    esac
}
