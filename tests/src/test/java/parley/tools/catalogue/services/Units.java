package parley.tools.catalogue.services;

import parley.tools.Argv;
import parley.tools.Captured;
import parley.tools.Unreadable;
import parley.tools.catalogue.logs.JournalEntry;
import parley.tools.read.KeyValues;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Units in states that are hard to bring about on a host: nginx, running, with some properties
/// changed.
final class Units {
    private static final Argv SHOW = Argv.of("systemctl", "show");

    private Units() {}

    static KeyValues block(String... changed) throws Unreadable {
        Map<String, String> properties = new LinkedHashMap<>();
        for (String line : RUNNING.strip().split("\n")) {
            put(properties, line);
        }
        for (String line : changed) {
            put(properties, line);
        }
        StringBuilder text = new StringBuilder();
        properties.forEach((key, value) -> text.append(key + "=" + value + "\n"));
        return KeyValues.only(Captured.of(SHOW, text.toString()));
    }

    private static void put(Map<String, String> properties, String line) {
        int equals = line.indexOf('=');
        properties.put(line.substring(0, equals), line.substring(equals + 1));
    }

    /// The unit as a preview reads it.
    static UnitStatus before(String... changed) throws Unreadable {
        return with(Optional.empty(), List.of(), changed);
    }

    /// The unit restarted and watched: stable.
    static UnitStatus after(String... changed) throws Unreadable {
        return with(Optional.of(watched(true, 0)), List.of(), again(changed));
    }

    /// The unit restarted and watched: not stable.
    static UnitStatus unstable(String... changed) throws Unreadable {
        return with(Optional.of(watched(false, 5)), List.of(), again(changed));
    }

    static UnitStatus after(List<JournalEntry> logs, String... changed) throws Unreadable {
        return with(Optional.of(watched(true, 0)), logs, again(changed));
    }

    private static String[] again(String... changed) {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "MainPID=812",
                                "InvocationID=bb",
                                "ActiveEnterTimestampMonotonic=9000000",
                                "StateChangeTimestampMonotonic=9000000",
                                "ActiveEnterTimestamp=@1795272000"));
        all.addAll(List.of(changed));
        return all.toArray(String[]::new);
    }

    private static UnitWatch watched(boolean stable, long restarts) {
        return new UnitWatch(
                stable, 6, stable ? 10 : 2, restarts, List.of(new HostText("active/running")));
    }

    private static UnitStatus with(
            Optional<UnitWatch> watch, List<JournalEntry> logs, String... changed)
            throws Unreadable {
        return UnitStatus.of(
                block(changed),
                1,
                new UnitStatus.Extras(
                        watch,
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        logs,
                        Optional.empty(),
                        Optional.empty()));
    }

    private static final String RUNNING =
            """
            Type=forking
            Restart=no
            MainPID=57
            Result=success
            ReloadResult=success
            NRestarts=0
            ExecMainCode=0
            ExecMainStatus=0
            Id=nginx.service
            Names=nginx.service
            TriggeredBy=
            Description=A web server
            LoadState=loaded
            LoadError=
            ActiveState=active
            SubState=running
            FragmentPath=/lib/systemd/system/nginx.service
            DropInPaths=
            UnitFileState=enabled
            NeedDaemonReload=no
            CanReload=yes
            RefuseManualStop=no
            RefuseManualStart=no
            ConditionResult=yes
            ConditionTimestampMonotonic=1000000
            InvocationID=aa
            ActiveEnterTimestamp=@1795271890
            InactiveEnterTimestamp=
            StateChangeTimestampMonotonic=5000000
            ActiveEnterTimestampMonotonic=5000000
            """;
}
