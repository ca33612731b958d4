package parley.tools.diagnosis;

import java.util.LinkedHashMap;
import java.util.Map;

/// What programs print, made of the parts that matter.
final class Printed {
    private static final String BOOTS =
            """
            IDX BOOT ID                          FIRST ENTRY                 LAST ENTRY
              0 f5361484af814d608b875afb0549b34e Sat 2026-11-21 08:00:00 UTC Sat 2026-11-21 12:00:00 UTC
            """;

    private Printed() {}

    /// `systemctl show` of one service: running since ten minutes, unless `changes` (`Key=value`)
    /// say otherwise.
    static String unit(String name, String... changes) {
        Map<String, String> all = new LinkedHashMap<>();
        String running =
                """
                Type=simple
                Restart=no
                MainPID=812
                StatusText=
                Result=success
                ReloadResult=success
                NRestarts=0
                ExecMainCode=0
                ExecMainStatus=0
                MemoryCurrent=[not set]
                TasksCurrent=[not set]
                MemoryMax=infinity
                Id=%1$s
                Names=%1$s
                TriggeredBy=
                Description=A service
                LoadState=loaded
                ActiveState=active
                SubState=running
                FragmentPath=/etc/systemd/system/%1$s
                DropInPaths=
                UnitFileState=enabled
                StateChangeTimestampMonotonic=306487292
                ActiveEnterTimestamp=@%2$d
                ActiveEnterTimestampMonotonic=302271994
                InactiveEnterTimestamp=@%2$d
                CanReload=no
                RefuseManualStart=no
                RefuseManualStop=no
                NeedDaemonReload=no
                ConditionResult=yes
                ConditionTimestampMonotonic=301639353
                LoadError=
                InvocationID=fe24a5257e9d41f3bf328d93e09609de
                """
                        .formatted(name, World.NOW.getEpochSecond() - 600);
        running.lines().forEach(line -> put(all, line));
        for (String change : changes) {
            put(all, change);
        }
        StringBuilder text = new StringBuilder();
        all.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        return text.toString();
    }

    private static void put(Map<String, String> all, String line) {
        int equals = line.indexOf('=');
        all.put(line.substring(0, equals), line.substring(equals + 1));
    }

    /// A unit that failed with this exit status.
    static String failed(String name, int status, String... changes) {
        String[] all = new String[changes.length + 6];
        all[0] = "ActiveState=failed";
        all[1] = "SubState=failed";
        all[2] = "Result=exit-code";
        all[3] = "ExecMainCode=1";
        all[4] = "ExecMainStatus=" + status;
        all[5] = "MainPID=0";
        System.arraycopy(changes, 0, all, 6, changes.length);
        return unit(name, all);
    }

    /// What `log.journal` of a unit sees: these messages, a second apart, the last one a minute
    /// ago; those that begin with `systemd: ` are systemd's own.
    static Map<String, String> journal(String unit, String... messages) {
        StringBuilder lines = new StringBuilder();
        for (int index = 0; index < messages.length; index++) {
            long second = World.NOW.getEpochSecond() - 60 - messages.length + index;
            boolean systemd = messages[index].startsWith("systemd: ");
            String said = messages[index].replaceFirst("^systemd: ", "").replace("\"", "\\\"");
            // Newest first, as it is asked.
            lines.insert(
                    0,
                    """
                    {"__REALTIME_TIMESTAMP":"%d000000","MESSAGE":"%s","PRIORITY":"6","SYSLOG_IDENTIFIER":"%s","_SYSTEMD_UNIT":"%s","_PID":"812","__CURSOR":"c","_BOOT_ID":"b","__MONOTONIC_TIMESTAMP":"1"}
                    """
                            .formatted(
                                    second,
                                    said,
                                    systemd ? "systemd" : "app",
                                    systemd ? "init.scope" : unit));
        }
        return Map.of(
                "show",
                "Id=" + unit + "\nLoadState=loaded\n",
                "date +%s",
                World.NOW.getEpochSecond() + " +0000 UTC\n",
                "readlink -f -- /etc/localtime",
                "/usr/share/zoneinfo/Etc/UTC\n",
                "journalctl",
                lines.toString(),
                "journalctl --no-pager --quiet --output=cat",
                "6\n".repeat(messages.length),
                "journalctl --no-pager --list-boots",
                BOOTS,
                "journalctl --no-pager --disk-usage",
                "Archived and active journals take up 8.0M in the file system.\n");
    }

    /// What `net.sockets` sees of listeners: `address:port program pid unit`.
    static Map<String, String> listeners(String... listeners) {
        StringBuilder ss = new StringBuilder();
        StringBuilder ps = new StringBuilder();
        for (String one : listeners) {
            String[] part = one.split(" ");
            ss.append(
                    "tcp LISTEN 0 128 %s 0.0.0.0:* users:((\"%s\",pid=%s,fd=3))%n"
                            .formatted(part[0], part[1], part[2]));
            ps.append("%s %s%n".formatted(part[2], part[3]));
        }
        return Map.of("ss -H", ss.toString(), "ps -e", ps.toString());
    }
}
