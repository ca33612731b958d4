package parley.tools.catalogue.storage;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Card;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.Next;
import parley.tools.Observation;
import parley.tools.Platform;
import parley.tools.Reading;
import parley.tools.RootCommand;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.schema.Json;
import parley.tools.value.Bytes;
import parley.tools.value.HostText;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which disks, partitions and volumes there are, what is on them, and where space is not used yet.
///
/// Source: `lsblk -P -b` (its pairs are the same on every release, JSON came later) and `vgs` for
/// volume groups. Amounts are bytes. Without root the types of file systems may be missing, and
/// volume groups always are: partial. A host without `vgs` has no volume groups, unless a disk says
/// that it belongs to one. *Empty* means that there is no block device, as in many containers.
public final class DiskLayout implements Observation<DiskLayout.Arguments, DiskLayout.Layout> {
    private static final String COLUMNS =
            "NAME,KNAME,PKNAME,TYPE,SIZE,FSTYPE,MOUNTPOINT,RO,ROTA,MODEL,SERIAL,UUID";
    private static final Argv DEVICES = Argv.of("lsblk", "-P", "-b", "-o", COLUMNS).betterAsRoot();
    private static final Argv GROUPS =
            Argv.of(
                            "vgs",
                            "--reportformat",
                            "json",
                            "--units",
                            "b",
                            "--nosuffix",
                            "-o",
                            "vg_name,vg_size,vg_free,pv_count,lv_count")
                    .betterAsRoot()
                    .alsoReadableWhenExit(5, 127);
    private static final Pattern PAIR = Pattern.compile("([A-Z]+)=\"([^\"]*)\" ?");
    private static final Pattern ESCAPE = Pattern.compile("\\\\x([0-9a-fA-F]{2})");
    private static final String MEMBER = "LVM2_member";

    public record Arguments() {}

    /// @param parent the device it is part of, by name; empty for a whole disk. A volume on several
    ///   disks stands here once for each
    /// @param type `disk`, `part`, `lvm`, `raid1`, `crypt`, `loop`, `rom`
    /// @param rotates as the kernel was told
    public record Device(
            @Means(en = "device", zh = "设备") HostText name,
            @Means(en = "part of", zh = "所属") Optional<HostText> parent,
            @Means(en = "type", zh = "类型") HostText type,
            @Means(en = "size", zh = "大小") Bytes size,
            @Means(en = "file system", zh = "文件系统") Optional<HostText> fstype,
            @Means(en = "mounted on", zh = "挂载点") Optional<HostText> mount,
            @Means(en = "read-only", zh = "只读") boolean readOnly,
            @Means(en = "rotates", zh = "机械盘") boolean rotates,
            @Means(en = "model", zh = "型号") Optional<HostText> model,
            @Means(en = "serial number", zh = "序列号") Optional<HostText> serial,
            @Means(en = "UUID", zh = "UUID") Optional<HostText> uuid,
            @Means(en = "evidence", zh = "出处") Finding.Lines evidence) {
        public Device {
            requireNonNull(name, "name is null");
            requireNonNull(parent, "parent is null");
            requireNonNull(type, "type is null");
            requireNonNull(size, "size is null");
            requireNonNull(fstype, "fstype is null");
            requireNonNull(mount, "mount is null");
            requireNonNull(model, "model is null");
            requireNonNull(serial, "serial is null");
            requireNonNull(uuid, "uuid is null");
            requireNonNull(evidence, "evidence is null");
        }
    }

    /// @param free extents that no volume has yet
    public record VolumeGroup(
            @Means(en = "volume group", zh = "卷组") HostText name,
            @Means(en = "size", zh = "大小") Bytes size,
            @Means(en = "free", zh = "空闲") Bytes free,
            @Means(en = "disks", zh = "物理卷数") long disks,
            @Means(en = "volumes", zh = "逻辑卷数") long volumes) {
        public VolumeGroup {
            requireNonNull(name, "name is null");
            requireNonNull(size, "size is null");
            requireNonNull(free, "free is null");
        }
    }

    /// @param devices as the kernel orders them, parts after their disk
    public record Layout(
            @Means(en = "devices", zh = "设备") List<Device> devices,
            @Means(en = "volume groups", zh = "卷组") List<VolumeGroup> groups) {
        public Layout {
            devices = List.copyOf(devices);
            groups = List.copyOf(groups);
        }

        /// Whole disks that hold nothing: no part, no file system, not mounted.
        public List<Device> unused() {
            return devices.stream()
                    .filter(one -> one.type().value().equals("disk") && one.size().value() > 0)
                    .filter(one -> one.fstype().isEmpty() && one.mount().isEmpty())
                    .filter(one ->
                            devices.stream()
                                    .noneMatch(other ->
                                            other.parent().equals(Optional.of(one.name()))))
                    .toList();
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "disk.layout",
                "storage",
                Bilingual.of("Disks, partitions and volumes", "磁盘、分区与卷的布局"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of("show the block devices of db-1", "看看 db-1 有哪些块设备"),
                Bilingual.of("lsblk on web-1", "web-1 上 lsblk"),
                Bilingual.of("free space in the volume groups of db-2", "看看 db-2 的卷组"),
                Bilingual.of("disk layout of batch-1", "batch-1 的磁盘分区布局"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(RootCommand.exactly(DEVICES), RootCommand.exactly(GROUPS));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        return Next.sequence(soFar, DEVICES, GROUPS);
    }

    @Override
    public Reading<Layout> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        List<Device> devices = new ArrayList<>();
        for (Line line : Lines.of(1, captures)) {
            devices.add(device(line));
        }
        List<Bilingual> gaps = new ArrayList<>();
        if (!captures.getFirst().asRoot()) {
            gaps.add(
                    Bilingual.of(
                            "without root, the types of file systems may be missing",
                            "没有 root 权限，可能缺少文件系统类型"));
        }
        boolean member =
                devices.stream()
                        .anyMatch(one ->
                                one.type().value().equals("lvm")
                                        || one.fstype().equals(Optional.of(new HostText(MEMBER))));
        List<VolumeGroup> groups = groups(captures, member, gaps);
        return Reading.of(new Layout(devices, groups), devices.isEmpty(), gaps);
    }

    private static Device device(Line line) throws Unreadable {
        Map<String, String> cells = new HashMap<>();
        Matcher pair = PAIR.matcher(line.text());
        int end = 0;
        while (pair.find() && pair.start() == end) {
            cells.put(pair.group(1), plain(pair.group(2)));
            end = pair.end();
        }
        if (end != line.text().length()) {
            throw line.refused("KEY=\"value\" pairs");
        }
        for (String column : COLUMNS.split(",")) {
            if (!cells.containsKey(column)) {
                throw line.refused("a pair " + column + "=\"…\"");
            }
        }
        return new Device(
                new HostText(cells.getOrDefault("NAME", "")),
                known(cells, "PKNAME"),
                new HostText(cells.getOrDefault("TYPE", "")),
                line.bytes(cells.getOrDefault("SIZE", ""), 1),
                known(cells, "FSTYPE"),
                known(cells, "MOUNTPOINT"),
                "1".equals(cells.get("RO")),
                "1".equals(cells.get("ROTA")),
                known(cells, "MODEL"),
                known(cells, "SERIAL"),
                known(cells, "UUID"),
                line.at());
    }

    private static String plain(String escaped) {
        return ESCAPE.matcher(escaped)
                .replaceAll(found ->
                        Matcher.quoteReplacement(
                                Character.toString(Integer.parseInt(found.group(1), 16))))
                .strip();
    }

    private static Optional<HostText> known(Map<String, String> cells, String column) {
        return Optional.ofNullable(cells.get(column))
                .filter(text -> !text.isEmpty())
                .map(HostText::new);
    }

    private static List<VolumeGroup> groups(
            List<Capture> captures, boolean member, List<Bilingual> gaps) throws Unreadable {
        Capture capture = captures.get(1);
        if (capture.missing() || !capture.asRoot()) {
            if (member) {
                String why = capture.missing() ? "vgs is not on this host" : "vgs needs root";
                gaps.add(
                        Bilingual.of(
                                "there are LVM volumes, but not how much of their groups is free: "
                                        + why,
                                capture.missing()
                                        ? "存在 LVM 卷，但该主机上没有 vgs，无法得知卷组剩余空间"
                                        : "存在 LVM 卷，但 vgs 需要 root，无法得知卷组剩余空间"));
            }
            return List.of();
        }
        List<VolumeGroup> groups = new ArrayList<>();
        for (JsonNode one : report(capture.readable())) {
            groups.add(
                    new VolumeGroup(
                            new HostText(one.path("vg_name").asText()),
                            bytes(capture, one, "vg_size"),
                            bytes(capture, one, "vg_free"),
                            whole(capture, one, "pv_count"),
                            whole(capture, one, "lv_count")));
        }
        return groups;
    }

    private static JsonNode report(Capture capture) throws Unreadable {
        try {
            JsonNode groups =
                    Json.mapper().readTree(capture.stdout()).path("report").path(0).path("vg");
            if (groups.isArray() && !capture.truncated()) {
                return groups;
            }
        } catch (JsonProcessingException broken) {
            throw Unreadable.line(capture.argv(), 1, "one JSON document", capture.stdout());
        }
        throw Unreadable.line(capture.argv(), 1, "a report of volume groups", capture.stdout());
    }

    private static Bytes bytes(Capture capture, JsonNode row, String column) throws Unreadable {
        return new Bytes(whole(capture, row, column));
    }

    private static long whole(Capture capture, JsonNode row, String column) throws Unreadable {
        String text = row.path(column).asText();
        if (!text.matches("[0-9]{1,18}")) {
            throw Unreadable.line(capture.argv(), 1, "a number as " + column, text);
        }
        return Long.parseLong(text);
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Layout> reading) {
        return DiskLayoutFindings.of(reading);
    }
}
