package parley.tools.catalogue.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Family;
import parley.tools.Platform;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.catalogue.network.Socket;
import parley.tools.catalogue.network.SocketTable;
import parley.tools.read.Captures;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.schema.Json;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads what [SecurityExposure] ran.
final class ExposureReading {
    private static final Pattern OWNED = Pattern.compile("[^/]{1,200}: (/.*)");
    private static final Pattern UNOWNED =
            Pattern.compile("file (/.*) is not owned by any package");
    private static final Pattern PACKAGE = Pattern.compile("[A-Za-z0-9][\\w.+~^:-]{1,200}");

    private ExposureReading() {}

    static Reading<Exposure> of(Platform platform, List<Capture> captures) throws Unreadable {
        List<Bilingual> gaps = new ArrayList<>();
        List<OpenPort> ports = ports(captures, gaps);
        List<String> programs = SecurityExposure.programs(captures);
        Capture search = Captures.need(captures, SecurityExposure.setuid()).readable();
        if (!search.asRoot()) {
            gaps.add(
                    Bilingual.of(
                            "without root not every folder could be searched for setuid programs",
                            "没有 root 权限，无法在所有目录中查找 setuid 程序"));
        }
        List<HostText> writable = new ArrayList<>();
        int number = Captures.number(captures, SecurityExposure.writable());
        for (Line row : Lines.rows(number, captures)) {
            writable.add(new HostText(row.text()));
        }
        return Reading.of(
                new Exposure(
                        ports,
                        ssh(captures, gaps),
                        programs.size(),
                        unowned(platform.family(), programs, captures),
                        writable),
                gaps);
    }

    private static List<OpenPort> ports(List<Capture> captures, List<Bilingual> gaps)
            throws Unreadable {
        Capture ss = Captures.need(captures, SecurityExposure.listeners());
        Capture ps = Captures.need(captures, SocketTable.units());
        List<Socket> sockets =
                SocketTable.withUnits(SocketTable.read(ss, true, "", Optional.empty()), ps);
        gaps.addAll(SocketTable.gaps(ss, ps, sockets));
        Map<String, Double> exposures = exposures(captures);
        List<OpenPort> ports = new ArrayList<>();
        for (Socket socket : sockets) {
            if (!socket.isLoopback()) {
                ports.add(
                        new OpenPort(
                                socket.protocol(),
                                socket.local(),
                                socket.processes().stream().findFirst().map(Socket.Holder::name),
                                socket.unit(),
                                socket.unit()
                                        .flatMap(unit ->
                                                Optional.ofNullable(exposures.get(unit.value()))),
                                socket.line()));
            }
        }
        return ports;
    }

    /// systemd's estimates by unit; none where it was not asked.
    private static Map<String, Double> exposures(List<Capture> captures) throws Unreadable {
        Optional<Capture> capture = Captures.find(captures, SecurityExposure.confinement());
        Map<String, Double> exposures = new HashMap<>();
        if (capture.isEmpty()) {
            return exposures;
        }
        String text = capture.get().readable().stdout();
        try {
            JsonNode list = Json.mapper().readTree(text);
            if (!list.isArray()) {
                throw Unreadable.line(capture.get().argv(), 1, "a list of units", text);
            }
            for (JsonNode unit : list) {
                double exposure = unit.path("exposure").asDouble(-1);
                if (exposure >= 0) {
                    exposures.put(unit.path("unit").asText(), exposure);
                }
            }
            return exposures;
        } catch (JsonProcessingException broken) {
            throw Unreadable.line(capture.get().argv(), 1, "JSON", text);
        }
    }

    private static Optional<SshSettings> ssh(List<Capture> captures, List<Bilingual> gaps)
            throws Unreadable {
        int number = Captures.number(captures, SshSettings.show());
        Capture capture = Captures.need(captures, SshSettings.show());
        boolean missing = capture.exit() == 127 || capture.stderr().contains("command not found");
        if (missing) {
            return Optional.empty();
        }
        if (capture.exit() != 0) {
            String said = capture.stderr().lines().findFirst().orElse("");
            gaps.add(
                    Bilingual.of(
                            "the settings of the SSH server could not be read: " + said,
                            "读不到 SSH 服务的配置：" + said));
            return Optional.empty();
        }
        return Optional.of(SshSettings.read(capture.argv(), Lines.of(number, captures)));
    }

    private static List<HostText> unowned(
            Family family, List<String> programs, List<Capture> captures) throws Unreadable {
        if (programs.isEmpty()) {
            return List.of();
        }
        int number = Captures.number(captures, SecurityExposure.owners(family, programs));
        if (number == 0) {
            throw new Unreadable(Bilingual.of("the package database was not asked", "没有查询软件包数据库"));
        }
        Set<String> owned = new HashSet<>();
        Set<String> unowned = new HashSet<>();
        for (Line line : Lines.of(number, captures)) {
            Matcher no = UNOWNED.matcher(line.text());
            Matcher yes = OWNED.matcher(line.text());
            if (no.matches()) {
                unowned.add(no.group(1));
            } else if (yes.matches()) {
                owned.add(yes.group(1));
            } else {
                line.match(PACKAGE, "a package and its file");
            }
        }
        return programs.stream()
                .filter(path ->
                        family == Family.APT
                                ? !owned.contains(path)
                                        && !owned.contains(path.replaceFirst("^/usr", ""))
                                : unowned.contains(path))
                .map(HostText::new)
                .toList();
    }
}
