#!/bin/bash
# Runs INSIDE the dnf root (so this machine needs no rpm tools): build, sign and index the dnf repository /srv/repo.
# Expects /build/demo and /build/gnupg (a key ring with one secret key, made for this root).
set -euo pipefail
export LC_ALL=C GNUPGHOME=/build/gnupg
repository=/srv/repo

# Debian keeps the rpm database in $HOME/.rpmdb; an RPM distribution has one for the system
install -d /etc/rpm /etc/yum.repos.d /etc/dnf/vars
cat > /etc/rpm/macros.testbed <<'M'
%_dbpath /var/lib/rpm
%_unitdir /usr/lib/systemd/system
%dist .tb9
%_buildhost testbed
M

build() {   # build SPEC: no debug packages, no compressing or byte-compiling of what is packed
    rpmbuild -bb --quiet --define '_topdir /build/rpms' --define 'debug_package %{nil}' \
        --define '__os_install_post %{nil}' "$1"
}

demo_spec() {   # demo_spec VERSION CHANGELOG-LINE: before-remove runs only when the last version goes
    cat <<S
Name: tb-demo
Version: $1
Release: 1%{?dist}
Summary: Demo services of the testbed
License: MIT
BuildArch: noarch
Requires: nginx, curl, systemd
%description
Three units: one that runs, one that depends on it, one that is broken.
%install
install -d %{buildroot}
cp -a /build/tree-$1/. %{buildroot}
%post
$(cat /build/demo/after-install)
%preun
[ \$1 -eq 0 ] || exit 0
$(cat /build/demo/before-remove)
%postun
[ ! -d /run/systemd/system ] || systemctl daemon-reload
%changelog
* Thu Jan 01 2026 Testbed <testbed@example.org> - $1-1
- $2
%files
%config(noreplace) /etc/demo-web/nginx.conf
%dir /etc/demo-web
/usr/bin/demo-watch
/usr/lib/systemd/system/demo-*.service
/usr/share/demo-web
S
}

for version in 1.0 1.1; do
    tree=/build/tree-$version
    /build/demo/lay-out "$version" "$tree"
    install -d "$tree/usr/lib" && mv "$tree/lib/systemd" "$tree/usr/lib/" && rmdir "$tree/lib"
done
demo_spec 1.0 'First version' > /build/demo-1.0.spec
demo_spec 1.1 'Security fix (CVE-2026-99901)' > /build/demo-1.1.spec
cat > /build/tool.spec <<'S'
Name: tb-tool
Version: 1.0
Release: 1%{?dist}
Summary: A small program that is not installed
License: MIT
BuildArch: noarch
%description
Something to install and remove.
%install
install -d %{buildroot}/usr/bin
printf '#!/bin/sh\necho tb-tool 1.0\n' > %{buildroot}/usr/bin/tb-tool
%files
%attr(755, root, root) /usr/bin/tb-tool
S
for spec in demo-1.0 demo-1.1 tool; do build "/build/$spec.spec"; done

install -d "$repository"
find /build/rpms/RPMS -name '*.rpm' -exec mv -t "$repository" {} +
rpmsign --define '__gpg /usr/bin/gpg' --define '_gpg_name testbed@example.org' --addsign "$repository"/*.rpm > /dev/null
createrepo_c --quiet "$repository"
modifyrepo_c --mdtype=updateinfo /build/demo/updateinfo.xml "$repository/repodata" > /dev/null
install -d /etc/pki/rpm-gpg
gpg --batch --armor --export > /etc/pki/rpm-gpg/RPM-GPG-KEY-testbed
gpgconf --kill all

echo 9 > /etc/dnf/vars/releasever    # Debian's dnf does not find it from a package
printf '[main]\ngpgcheck=1\ninstall_weak_deps=False\n' > /etc/dnf/dnf.conf
cat > /etc/yum.repos.d/testbed.repo <<'R'
[testbed]
name=Testbed 9
baseurl=file:///srv/repo
enabled=1
gpgcheck=1
gpgkey=file:///etc/pki/rpm-gpg/RPM-GPG-KEY-testbed
R
