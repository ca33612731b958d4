package parley.stories;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/// What a host is at a moment, as lines that each say one thing: packages, unit states, files,
/// firewall rules, users, listening sockets, mounts.
record Snapshot(SortedSet<String> lines) {
    /// Fewer lines than any host has: then the host was not looked at.
    private static final int FEWEST = 300;

    /// Active units only: systemd forgets an inactive one when it likes, and its absence says the
    /// same, and what a host's own timers run now and then is nobody's doing. The hash of a file
    /// tells its content; its times are no state.
    private static final String LOOK =
            """
            if command -v dpkg-query > /dev/null; then
                dpkg-query -W -f 'package ${Package} ${Version} ${db:Status-Want} ${db:Status-Status}\\n'
            else
                rpm -qa --qf 'package %{NAME} %{EVR}.%{ARCH}\\n'
            fi
            systemctl list-unit-files --no-legend --no-pager | sed 's/^/unit file /; s/  */ /g'
            systemctl show --all --no-pager --property=Id,ActiveState,SubState,MainPID,NRestarts,Type,TriggeredBy \\
                '*.service' '*.socket' '*.timer' '*.path' '*.mount' '*.target' |
                awk -F= '
                    function say() {
                        if (p["ActiveState"] != "" && p["ActiveState"] != "inactive" && p["Id"] !~ /^user|^run-user/ &&
                            !(p["Type"] == "oneshot" && p["TriggeredBy"] ~ /[.]timer/))
                            print "unit", p["Id"], p["ActiveState"],
                                p["Id"] ~ /[.]timer$/ ? "" : p["SubState"] " process " p["MainPID"] " restarts " p["NRestarts"]
                        delete p
                    }
                    NF == 0 { say() } { p[$1] = $2 } END { say() }'
            find /etc /usr/local /root /home /opt /srv/data /var/spool -xdev -printf 'path %p %M %u:%g %l\\n' 2> /dev/null
            find /etc /usr/local /root /home /opt /srv/data /var/spool -xdev -type f -exec sha256sum {} + 2> /dev/null |
                sed 's/^/content /'
            ! command -v nft > /dev/null || nft list ruleset | sed 's/^/nftables /'
            ss -Htuln | awk '{ print "socket", $1, $5 }'
            findmnt --raw --noheadings --output TARGET,SOURCE,FSTYPE | grep -v '^/run/user' | sed 's/^/mount /'
            """;

    Snapshot {
        lines = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(lines));
    }

    static Snapshot of(TestbedHost host) throws IOException, InterruptedException {
        SortedSet<String> lines = new TreeSet<>(host.root(LOOK).lines().toList());
        if (lines.size() < FEWEST) {
            throw new AssertionError(host.name() + " was hardly looked at: " + lines);
        }
        return new Snapshot(lines);
    }

    /// What is different in `after`: lines that are gone with `- `, new ones with `+ `.
    List<String> changesTo(Snapshot after) {
        List<String> changes = new ArrayList<>();
        for (String line : lines) {
            if (!after.lines.contains(line)) {
                changes.add("- " + line);
            }
        }
        for (String line : after.lines) {
            if (!lines.contains(line)) {
                changes.add("+ " + line);
            }
        }
        return changes;
    }
}
