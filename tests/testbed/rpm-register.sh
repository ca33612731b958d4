#!/bin/bash
# Runs INSIDE the dnf root: make a system that Debian's dpkg installed into one that rpm knows.
# Every Debian package becomes a package in the rpm database, with its real files, digests and sonames;
# then apt and dpkg go away. The files themselves stay where they are (--justdb).
set -euo pipefail
export LC_ALL=C
work=/build/register
install -d "$work/lists"
cd "$work"

# Deleted, not registered. Of dpkg two programs stay, because maintainers' units call them.
gone='^(apt|libapt-pkg.*|dpkg|debian-archive-keyring)$'
kept_of_dpkg='/(start-stop-daemon|update-alternatives)$'

paths_of() {   # paths_of PACKAGE ARCHITECTURE: its paths as on a merged-/usr system
    local list=/var/lib/dpkg/info/$1.list
    [ -e "$list" ] || list=/var/lib/dpkg/info/$1:$2.list
    sed -E 's#^/(bin|sbin|lib|lib64)/#/usr/\1/#' "$list" | sort -u
}

# First read what dpkg knows, then remove what an RPM distribution would not have: only what is left is registered.
mkdir paths
dpkg-query --show --showformat='${Package} ${Architecture} ${Version} ${binary:Summary}\n' > packages
while read -r name architecture _; do paths_of "$name" "$architecture" > "paths/$name"; done < packages
grep -E "$kept_of_dpkg" paths/dpkg > paths/alternatives
for name in $(awk '{print $1}' packages | grep -E "$gone"); do
    # only what is below /usr: /sbin and /lib are links there, and everything needs them
    { grep -E '^/usr/' "paths/$name" | grep -vE "$kept_of_dpkg" || :; } | sort -r | while IFS= read -r path; do
        if [ -L "$path" ] || [ ! -d "$path" ]; then rm -f "$path"
        else rmdir --ignore-fail-on-non-empty "$path" 2>/dev/null || :; fi
    done
done
rm -rf /var/lib/dpkg /var/lib/apt /var/cache/apt /etc/apt /etc/dpkg /var/log/apt /var/log/dpkg.log

# Debian switches on plugins that an RPM distribution has in packages of their own; with `local`,
# removed versions would reappear as a repository
( cd /usr/lib/python3/dist-packages/dnf-plugins && rm -f local.py show_leaves.py leaves.py migrate.py post-transaction-actions.py )
ln -sf dnf-3 /usr/bin/yum

rm -f /etc/os-release /etc/debian_version
cat > /usr/lib/os-release <<'R'
NAME="Testbed Linux"
VERSION="9"
ID="testbed"
ID_LIKE="rhel centos fedora"
VERSION_ID="9"
PLATFORM_ID="platform:el9"
PRETTY_NAME="Testbed Linux 9"
R
ln -s ../usr/lib/os-release /etc/os-release
echo 'Testbed Linux release 9' > /etc/redhat-release

# rpmbuild takes every file for root's and drops capabilities: these are not, or have some
declare -A attributes=(["/usr/bin/ping"]="%caps(cap_net_raw=ep) ")
while read -r mode user group path; do
    attributes[$path]="%attr($mode, $user, $group) "
done < <(find /usr /etc /var /opt ! \( -user root -group root \) ! -type l -printf '%m %u %g %p\n')

spec_files() {   # reads paths, writes a %files list; only what rpm should own and what is really there
    local path attribute
    while IFS= read -r path; do
        case $path in
            /usr/lib/python3/dist-packages/__pycache__*) continue ;;
            /usr/*|/etc/*|/var/*|/opt/*) ;;
            *) continue ;;
        esac
        attribute=${attributes[$path]:-}
        if [ ! -L "$path" ] && [ -d "$path" ]; then echo "$attribute%dir \"$path\""
        elif [ ! -e "$path" ] && [ ! -L "$path" ]; then continue
        elif [[ $path == /etc/* ]]; then echo "$attribute%config(noreplace) \"$path\""
        else echo "$attribute\"$path\""; fi
    done
}

spec_package() {   # spec_package NAME VERSION SUMMARY: one subpackage
    local name=$1 version=$2 summary=${3//%/%%} epoch='' release=1
    case $version in *:*) epoch=${version%%:*} version=${version#*:} ;; esac
    case $version in *-*) release=${version##*-} version=${version%-*} ;; esac
    printf '%%package -n %s\nVersion: %s\nRelease: %s\nSummary: %s\n' "$name" "${version//-/.}" "$release" "$summary"
    [ -z "$epoch" ] || echo "Epoch: $epoch"
    case $name in   # what rpm's own generators would not find out
        dash) echo 'Provides: /bin/sh' ;;
        bash) echo 'Provides: /bin/bash' ;;
        libc6) echo 'Provides: rtld(GNU_HASH)' ;;
    esac
    printf '%%description -n %s\n%s\n%%files -n %s -f %s/lists/%s\n' "$name" "$summary" "$name" "$work" "$name"
}

{
    cat <<'S'
Name: testbed-release
Version: 9
Release: 1%{?dist}
Summary: Testbed Linux
License: none
Provides: system-release = 9, system-release(releasever) = 9
%description
Testbed Linux, made of Debian packages.
%files
/etc/redhat-release
%install
mkdir -p %{buildroot}
for part in usr etc var opt; do cp -al /$part %{buildroot}/; done
for link in bin sbin lib lib64; do [ ! -L /$link ] || cp -a /$link %{buildroot}/; done
S
    while read -r name _ version summary; do
        [[ ! $name =~ $gone ]] || continue
        spec_files < "paths/$name" > "lists/$name"
        spec_package "$name" "$version" "$summary"
    done < packages
    spec_files < paths/alternatives > lists/alternatives
    spec_package alternatives 1.0 'Programs that other packages call'
} > system.spec

# hard links and no post-processing: rpmbuild must not change a file of the root it runs in
rpmbuild -bb --quiet --define "_topdir $work/rpms" --define 'debug_package %{nil}' --define '__os_install_post %{nil}' \
    --define '_binary_payload w0.ufdio' --define '_build_id_links none' \
    --define '_missing_doc_files_terminate_build 0' --define '_unpackaged_files_terminate_build 0' \
    --define '__requires_exclude ^(perl|/usr/local|/lib/runit|/bin/dash|/usr/bin/dpkg|libatm)' system.spec
find rpms/RPMS -name '*.rpm' -print0 |
    xargs -0 rpm --force-debian -i --justdb --nodeps --noscripts --nosignature --nodigest
rpm --import /etc/pki/rpm-gpg/RPM-GPG-KEY-testbed
