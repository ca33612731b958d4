package parley.stories;

/// The faults that stories are about.
final class Faults {
    private Faults() {}

    /// Somebody changed the port of demo-web to one that is taken, and did not restart it: the next
    /// restart does not come up.
    static final Fault PORT_CONFLICT =
            new Fault.Scripted(
                    "demo-web is configured for a port that is taken",
                    """
                    systemd-run --quiet --unit=squatter --socket-property=ListenStream=8081 true
                    cp -a /etc/demo-web/nginx.conf /run/demo-web.nginx.conf
                    sed -i 's/listen 8080/listen 8081/' /etc/demo-web/nginx.conf
                    grep -q 8081 /etc/demo-web/nginx.conf
                    """,
                    """
                    systemctl stop squatter.socket
                    cp -a /run/demo-web.nginx.conf /etc/demo-web/nginx.conf
                    rm /run/demo-web.nginx.conf
                    systemctl reset-failed demo-web demo-dependent 2> /dev/null || :
                    systemctl restart demo-web
                    systemctl start demo-dependent
                    """);

    /// demo-web takes half a minute to stop, as a server that drains its connections does.
    static final Fault SLOW_STOP =
            new Fault.Scripted(
                    "demo-web stops slowly",
                    """
                    mkdir -p /run/systemd/system/demo-web.service.d
                    printf '[Service]\\nExecStop=/bin/sleep 30\\n' > /run/systemd/system/demo-web.service.d/slow.conf
                    systemctl daemon-reload
                    """,
                    """
                    rm -rf /run/systemd/system/demo-web.service.d
                    systemctl daemon-reload
                    systemctl kill --kill-whom=all --signal=KILL demo-web 2> /dev/null || :
                    systemctl reset-failed demo-web demo-dependent 2> /dev/null || :
                    systemctl restart demo-web
                    systemctl start demo-dependent
                    """);

    /// The host was set up anew, or somebody sits in between.
    static final Fault CHANGED_HOST_KEY =
            new Fault.Scripted(
                    "the host shows another key",
                    """
                    cd /etc/ssh
                    mkdir /run/old-key
                    cp -a ssh_host_ed25519_key ssh_host_ed25519_key.pub /run/old-key
                    rm ssh_host_ed25519_key ssh_host_ed25519_key.pub
                    ssh-keygen -q -t ed25519 -N '' -f ssh_host_ed25519_key
                    systemctl reload ssh
                    """,
                    """
                    cp -a /run/old-key/* /etc/ssh/
                    rm -r /run/old-key
                    systemctl reload ssh
                    """);

    /// The rule that lets ops become root is gone.
    static final Fault SUDO_REFUSED =
            new Fault.Scripted(
                    "ops may not use sudo",
                    "mv /etc/sudoers.d/ops /run/sudoers-of-ops",
                    "mv /run/sudoers-of-ops /etc/sudoers.d/ops");

    static final Fault UNREACHABLE =
            new Fault.Scripted(
                    "the host's network is down", "ip link set host0 down", "ip link set host0 up");

    /// A small filesystem of its own at /srv/data, full to the last block.
    static final Fault DISK_FULL =
            new Fault.Scripted(
                    "/srv/data is full",
                    """
                    mkdir -p /srv/data
                    mount -t tmpfs -o size=8m data /srv/data
                    ! head -c 16M /dev/zero > /srv/data/fill 2> /dev/null
                    """,
                    """
                    umount /srv/data
                    rmdir /srv/data
                    """);

    /// A service that runs `shell` and ends. What it prints is all in the journal, whose limit of
    /// lines in half a minute is lifted meanwhile.
    static Fault chatter(String unit, String shell) {
        return new Fault.Scripted(
                unit + " printed a lot",
                """
                mkdir -p /run/systemd/journald.conf.d
                printf '[Journal]\\nRateLimitIntervalSec=0\\n' > /run/systemd/journald.conf.d/stories.conf
                systemctl restart systemd-journald
                systemd-run --quiet --wait --collect --unit=%s sh -c "%s"
                journalctl --sync
                """
                        .formatted(unit, shell),
                """
                rm -r /run/systemd/journald.conf.d
                systemctl restart systemd-journald
                """);
    }
}
