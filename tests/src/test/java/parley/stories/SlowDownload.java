package parley.stories;

/// A repository on the host itself from which `tb-trickle` comes so slowly that its download lasts
/// a minute: time enough to think better of it.
final class SlowDownload {
    static final String NAME = "tb-trickle";

    private static final String SERVER =
            """
            set -e
            mkdir -p /srv/trickle && cd /srv/trickle
            cat > serve <<'END'
            use IO::Socket::INET;
            $SIG{CHLD} = 'IGNORE';
            my $port = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => 8099, Listen => 9, ReuseAddr => 1) or die;
            while (my $peer = $port->accept) {
                next if fork;
                my ($path) = (<$peer> // '') =~ m{^GET /(\\S+) } or exit;
                while (<$peer>) { last if /^\\r?$/ }
                $path =~ s{^\\./}{};
                open my $file, '<:raw', $path or do { print $peer "HTTP/1.1 404 None\\r\\nContent-Length: 0\\r\\nConnection: close\\r\\n\\r\\n"; exit };
                printf $peer "HTTP/1.1 200 OK\\r\\nContent-Length: %d\\r\\nConnection: close\\r\\n\\r\\n", -s $path;
                $peer->autoflush(1);
                while (read $file, my $piece, 16384) {
                    print $peer $piece;
                    select undef, undef, undef, 0.5 if $path =~ /[.](deb|rpm)$/;
                }
                exit;
            }
            END
            systemd-run --quiet --unit=trickle --working-directory=/srv/trickle perl serve
            """;
    private static final String APT =
            """
            mkdir -p tb-trickle/DEBIAN tb-trickle/usr/share/tb-trickle
            head -c 2000000 /dev/urandom > tb-trickle/usr/share/tb-trickle/content
            control() {
                printf 'Package: tb-trickle\\nVersion: 1.0\\nArchitecture: all\\n'
                printf 'Maintainer: Testbed <testbed@example.org>\\nDescription: from afar\\n'
            }
            control > tb-trickle/DEBIAN/control
            dpkg-deb --root-owner-group -b tb-trickle tb-trickle_1.0_all.deb
            { control; echo 'Filename: ./tb-trickle_1.0_all.deb'
              echo "Size: $(stat -c %s tb-trickle_1.0_all.deb)"
              echo "SHA256: $(sha256sum tb-trickle_1.0_all.deb | cut -d' ' -f1)"; } > Packages
            echo 'deb [trusted=yes] http://127.0.0.1:8099 ./' > /etc/apt/sources.list.d/trickle.list
            apt-get -q update
            """;
    private static final String DNF =
            """
            { printf 'Name: tb-trickle\\nVersion: 1.0\\nRelease: 1\\nSummary: from afar\\n'
              printf 'License: MIT\\nBuildArch: noarch\\n%%description\\nfrom afar\\n%%install\\n'
              printf 'mkdir -p %%{buildroot}/usr/share/tb-trickle\\n'
              printf 'head -c 2000000 /dev/urandom > %%{buildroot}/usr/share/tb-trickle/content\\n'
              printf '%%files\\n/usr/share/tb-trickle/content\\n'; } > tb-trickle.spec
            rpmbuild -bb --quiet --define '_topdir /srv/trickle/build' tb-trickle.spec
            mv build/RPMS/noarch/*.rpm .
            createrepo_c -q .
            printf '[trickle]\\nname=trickle\\nbaseurl=http://127.0.0.1:8099/\\ngpgcheck=0\\n' \\
                > /etc/yum.repos.d/trickle.repo
            dnf -q makecache
            """;
    private static final String AWAY =
            """
            systemctl stop trickle 2> /dev/null || :
            systemctl stop parley-tx.service 2> /dev/null || :
            systemctl reset-failed parley-tx.service 2> /dev/null || :
            rm -rf /srv/trickle /etc/apt/sources.list.d/trickle.list /etc/yum.repos.d/trickle.repo
            if command -v apt-get > /dev/null; then
                dpkg --purge tb-trickle
                apt-get -q update
                apt-get clean
            else
                ! rpm -q tb-trickle || rpm -e tb-trickle
                dnf -q clean all
                dnf -q makecache
            fi
            """;

    private SlowDownload() {}

    static Fault on(Family family) {
        return new Fault.Scripted(
                NAME + " is offered and comes slowly",
                SERVER
                        + switch (family) {
                            case APT -> APT;
                            case DNF -> DNF;
                        },
                AWAY);
    }
}
