package parley.stories;

import java.io.IOException;

/// Two packages in a repository of their own on a host, `slow-two` needing `slow-one`, whose
/// scripts take a second and a half each: long enough to be hit in every phase.
final class SlowPackages {
    static final String NAMES = "slow-one,slow-two";

    private static final String APT =
            """
            set -e
            mkdir -p /srv/slow && cd /srv/slow && : > Packages
            for name in slow-one slow-two; do
                mkdir -p $name/DEBIAN $name/usr/share/$name
                head -c 200000 /dev/urandom > $name/usr/share/$name/content
                control() {
                    printf 'Package: %s\\nVersion: 1.0\\nArchitecture: all\\n' $name
                    printf 'Maintainer: Testbed <testbed@example.org>\\n'
                    [ $name = slow-one ] || printf 'Depends: slow-one\\n'
                }
                { control; echo 'Description: slow'; } > $name/DEBIAN/control
                printf '#!/bin/sh\\nset -e\\nfor i in 1 2 3 4 5; do sleep 0.3; echo step $i; done\\n' \\
                    > $name/DEBIAN/postinst
                chmod 755 $name/DEBIAN/postinst
                dpkg-deb --root-owner-group -b $name ${name}_1.0_all.deb
                { control; echo "Filename: ./${name}_1.0_all.deb"
                  echo "Size: $(stat -c %s ${name}_1.0_all.deb)"
                  echo "SHA256: $(sha256sum ${name}_1.0_all.deb | cut -d' ' -f1)"
                  echo 'Description: slow'; echo; } >> Packages
            done
            echo 'deb [trusted=yes] file:/srv/slow ./' > /etc/apt/sources.list.d/slow.list
            apt-get -q update
            """;
    private static final String DNF =
            """
            set -e
            mkdir -p /srv/slow/repo && cd /srv/slow
            for name in slow-one slow-two; do
                { printf 'Name: %s\\nVersion: 1.0\\nRelease: 1\\nSummary: slow\\n' $name
                  printf 'License: MIT\\nBuildArch: noarch\\n'
                  [ $name = slow-one ] || printf 'Requires: slow-one\\n'
                  printf '%%description\\nslow\\n%%install\\nmkdir -p %%{buildroot}/usr/share/%s\\n' $name
                  printf 'head -c 200000 /dev/urandom > %%{buildroot}/usr/share/%s/content\\n' $name
                  printf '%%post\\nfor i in 1 2 3 4 5; do sleep 0.3; echo step $i; done\\n'
                  printf '%%files\\n/usr/share/%s/content\\n' $name; } > $name.spec
                rpmbuild -bb --quiet --define '_topdir /srv/slow/build' $name.spec
            done
            find build -name '*.rpm' -exec cp -t repo {} +
            createrepo_c -q repo
            printf '[slow]\\nname=slow\\nbaseurl=file:///srv/slow/repo\\ngpgcheck=0\\n' \\
                > /etc/yum.repos.d/slow.repo
            dnf -q makecache
            """;

    private SlowPackages() {}

    static void offerOn(TestbedHost host) throws IOException, InterruptedException {
        host.root(
                switch (host.family()) {
                    case APT -> APT;
                    case DNF -> DNF;
                });
    }

    /// Takes them off the host, and with them what their last transaction left.
    static void removeFrom(TestbedHost host) throws IOException, InterruptedException {
        host.tryRoot(
                "systemctl --job-mode=fail stop parley-tx.service;"
                        + " systemctl reset-failed parley-tx.service");
        host.root(
                switch (host.family()) {
                    case APT ->
                            "dpkg --purge slow-two slow-one >/dev/null 2>&1;"
                                    + " ! dpkg -s slow-one >/dev/null 2>&1";
                    case DNF ->
                            "rpm -e --noscripts slow-two slow-one >/dev/null 2>&1;"
                                    + " ! rpm -q slow-one slow-two | grep -v 'not installed'";
                });
    }

    /// What is not in order on the host; nothing when all packages are whole.
    static String disorder(TestbedHost host) throws IOException, InterruptedException {
        return host.tryRoot(
                        switch (host.family()) {
                            case APT ->
                                    "dpkg-query -W -f='${db:Status-Abbrev}|${Package}\\n'"
                                            + " | grep -v -e '^ii ' -e '^rc ' -e '^un '";
                            case DNF -> "dnf -q -C check 2>&1";
                        })
                .out()
                .strip();
    }

    /// How many of the two are installed.
    static long installed(TestbedHost host) throws IOException, InterruptedException {
        String query =
                switch (host.family()) {
                    case APT ->
                            "dpkg-query -W -f='${db:Status-Abbrev}\\n' slow-one slow-two"
                                    + " 2>/dev/null | grep -c '^ii'";
                    case DNF -> "rpm -q slow-one slow-two | grep -vc 'not installed'";
                };
        return Long.parseLong(host.tryRoot(query).out().strip());
    }
}
