# shellcheck shell=bash
# Runs inside a host for `testbed snapshot`. Left out, because it differs between two looks at an untouched host:
#   transient units (an SSH session is one: session-*.scope, user@*, user-runtime-dir@*, run-*, and their slices and mounts);
#   what comes and goes by itself (timers' jobs: systemd-tmpfiles-clean, apt-daily, logrotate, man-db…; services started on request);
#   inactive units: systemd forgets and remembers them as others mention them (what stops being active is missed all the same);
#   ports chosen by the kernel for one connection (only listening sockets are shown), process ids, times, sizes of logs;
#   counters of nftables (packets, bytes), which count the tests' own packets;
#   /etc/.pwd.lock and /etc/*- (traces of the last change of the user files, whose content is shown);
#   /etc/machine-id (this host's alone) and /etc/ld.so.cache (made of what the packages say, which is shown).
set -uo pipefail
export LC_ALL=C
section() { sed "s/^/$1 /"; }

if command -v dpkg-query > /dev/null; then
    dpkg-query --show --showformat='${Package} ${Version} ${Architecture} ${db:Status-Status} ${db:Status-Want} ${db:Status-Eflag}\n' | sort | section package
else
    rpm -qa --queryformat '%{NAME} %{EPOCHNUM}:%{VERSION}-%{RELEASE} %{ARCH}\n' | sort | section package
    grep -v '^#' /etc/dnf/plugins/versionlock.list 2>/dev/null | section versionlock
fi
volatile='^(session-|user@|user-|run-|systemd-tmpfiles-clean|apt-daily|dpkg-db-backup|logrotate|e2scrub|fstrim|man-db|systemd-timedated|systemd-hostnamed|systemd-localed|init\.scope|proc-|dev-|sys-|ssh@)'
systemctl list-unit-files --no-legend --no-pager --plain --full | awk '{print $1, $2}' | grep -vE "$volatile" | sort | section unit-file
systemctl list-units --all --no-legend --no-pager --plain --full --type=service,socket,timer,mount,target,path,swap |
    awk '$3 != "inactive" {print $1, $2, $3, $4}' | grep -vE "$volatile" | sort | section unit
find /etc \( -name .pwd.lock -o -name '*-' -o -name ld.so.cache -o -path /etc/machine-id \) -prune -o -printf '%P %y %m %u %g %l\n' | sort | section etc
find /etc \( -name .pwd.lock -o -name '*-' -o -name ld.so.cache -o -path /etc/machine-id \) -prune -o -type f -print0 |
    sort -z | xargs -0 sha256sum | section content
if command -v nft > /dev/null; then nft --stateless list ruleset | section nftables; fi
getent passwd | sort | section user
getent group | sort | section group
ss --listening --tcp --udp --numeric --no-header | awk '{print $1, $5}' | sort -u | section listening
findmnt --noheadings --raw --output TARGET,FSTYPE | grep -vE '^/(proc|sys|dev|run/(user|credentials|systemd))' | sort | section mount
find /usr/local /srv -path /srv/repo -prune -o -printf '/%P %y %m\n' | sort | section local
