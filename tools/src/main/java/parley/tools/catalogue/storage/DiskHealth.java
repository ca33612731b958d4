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
import parley.tools.read.Captures;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.schema.Json;
import parley.tools.value.DeviceName;
import parley.tools.value.HostText;
import parley.tools.value.Percent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Whether disks, arrays of them, and thin volumes are well.
///
/// Source: `/proc/mdstat` (absent: no array), `lvs` (absent: no volumes), the whole disks of
/// `lsblk`, and `smartctl -j -a` of each, at most eight. Without root neither volumes nor SMART can
/// be read: partial; so when `smartctl` is not installed and there is a disk that might have
/// something to say. *Empty* means that the host has neither disk, array nor thin volume.
public final class DiskHealth implements Observation<DiskHealth.Arguments, DiskHealth.Health> {
    private static final int MOST_DISKS = 8;
    private static final Argv ARRAYS = Argv.of("cat", "/proc/mdstat").alsoReadableWhenExit(1);
    private static final Argv VOLUMES =
            Argv.of(
                            List.of(
                                    ("lvs --reportformat json --nosuffix -o"
                                                    + " lv_name,vg_name,lv_attr,data_percent"
                                                    + ",metadata_percent,lv_health_status")
                                            .split(" ")))
                    .betterAsRoot()
                    .alsoReadableWhenExit(5, 127);
    private static final Argv DISKS =
            Argv.of("lsblk", "-d", "-n", "-P", "-o", "NAME,TYPE,SIZE", "-b");
    private static final Pattern DISK =
            Pattern.compile("NAME=\"([^\"]+)\" TYPE=\"([^\"]*)\" SIZE=\"(\\d*)\"");
    private static final Pattern NO_DISK =
            Pattern.compile("(loop|ram|zram|sr|fd|dm-|md|nbd)\\d*.*");

    public record Arguments(
            @Means(en = "only this disk", zh = "只看该磁盘") Optional<DeviceName> device) {
        public Arguments {
            requireNonNull(device, "device is null");
        }
    }

    /// A thin pool, or a volume that is not well.
    ///
    /// @param dataPct how full the pool is; at 100 % everything in it fails to write
    /// @param metadataPct how full what it needs for itself is
    /// @param health LVM's own word; empty when it is well
    public record Volume(
            @Means(en = "volume", zh = "逻辑卷") HostText name,
            @Means(en = "group", zh = "卷组") HostText group,
            @Means(en = "data", zh = "数据") Optional<Percent> dataPct,
            @Means(en = "metadata", zh = "元数据") Optional<Percent> metadataPct,
            @Means(en = "health", zh = "健康状况") Optional<HostText> health) {
        public Volume {
            requireNonNull(name, "name is null");
            requireNonNull(group, "group is null");
            requireNonNull(dataPct, "dataPct is null");
            requireNonNull(metadataPct, "metadataPct is null");
            requireNonNull(health, "health is null");
        }

        /// Data or metadata, whichever is fuller.
        public double fullestPct() {
            return Math.max(
                    dataPct.map(Percent::value).orElse(0.0),
                    metadataPct.map(Percent::value).orElse(0.0));
        }
    }

    public record Health(
            @Means(en = "disks", zh = "磁盘") List<SmartDisk> disks,
            @Means(en = "arrays", zh = "阵列") List<RaidArray> arrays,
            @Means(en = "thin volumes", zh = "精简卷") List<Volume> volumes) {
        public Health {
            disks = List.copyOf(disks);
            arrays = List.copyOf(arrays);
            volumes = List.copyOf(volumes);
        }
    }

    @Override
    public Card card() {
        return Card.observe(
                "disk.health",
                "storage",
                Bilingual.of("Whether disks, arrays and thin volumes are well", "磁盘、阵列与精简卷的健康状况"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of("check disk health on db-1", "db-1 的磁盘健康状况"),
                Bilingual.of("smartctl on db-2", "看一下 db-2 的 SMART 信息"),
                Bilingual.of("is the raid ok on db-1", "db-1 的 raid 正常吗"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(
                RootCommand.of(String.join(" ", VOLUMES.words())),
                RootCommand.of("smartctl -j -a <~/dev/[a-z][A-Za-z0-9_/-]*>"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        List<Argv> first = List.of(ARRAYS, VOLUMES, DISKS);
        if (soFar.size() < first.size()) {
            return Next.run(first.get(soFar.size()));
        }
        try {
            List<String> disks = disks(arguments, soFar);
            int done = soFar.size() - first.size();
            boolean none = done > 0 && soFar.get(first.size()).missing();
            return done < disks.size() && !none ? Next.run(smart(disks.get(done))) : Next.done();
        } catch (Unreadable refused) {
            // read() meets the same line again and refuses it there
            return Next.done();
        }
    }

    private static Argv smart(String disk) {
        return Argv.of("smartctl", "-j", "-a", "/dev/" + disk)
                .betterAsRoot()
                .within(Duration.ofSeconds(20))
                .alsoReadableWhenExit(
                        IntStream.rangeClosed(1, 255).boxed().toArray(Integer[]::new));
    }

    private static List<String> disks(Arguments arguments, List<Capture> captures)
            throws Unreadable {
        List<String> disks = new ArrayList<>();
        for (Line line : Lines.of(3, captures)) {
            Matcher row = line.match(DISK, "NAME, TYPE and SIZE");
            boolean real =
                    row.group(2).equals("disk")
                            && !row.group(3).equals("0")
                            && !NO_DISK.matcher(row.group(1)).matches()
                            && row.group(1).matches("[a-z][A-Za-z0-9_-]{0,63}");
            if (real) {
                disks.add(row.group(1));
            }
        }
        if (arguments.device().isEmpty()) {
            return disks.stream().limit(MOST_DISKS).toList();
        }
        String asked = arguments.device().get().name();
        if (!disks.contains(asked)) {
            throw new Unreadable(
                    Bilingual.of(
                            "there is no disk {0} on this host; disk.layout shows those there are",
                            "该主机上没有磁盘 {0}；可用 disk.layout 查看有哪些", asked));
        }
        return List.of(asked);
    }

    @Override
    public Reading<Health> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        List<Bilingual> gaps = new ArrayList<>();
        List<RaidArray> arrays = RaidArray.read(1, captures);
        List<Volume> volumes = volumes(captures.get(1), gaps);
        List<String> names = disks(arguments, captures);
        List<SmartDisk> disks = new ArrayList<>();
        for (String name : names) {
            Optional<Capture> smart = Captures.find(captures, smart(name));
            if (smart.isEmpty() || smart.get().missing()) {
                gaps.add(
                        Bilingual.of(
                                "what the disks say of themselves is not known: smartctl is not"
                                        + " installed (package smartmontools)",
                                "无法得知磁盘自身的健康信息：未安装 smartctl（软件包 smartmontools）"));
                break;
            }
            if (!smart.get().asRoot()) {
                gaps.add(
                        Bilingual.of(
                                "what the disks say of themselves can only be read by root",
                                "磁盘自身的健康信息只有 root 才能读取"));
                break;
            }
            disks.add(SmartDisk.read(name, Captures.number(captures, smart(name)), smart.get()));
        }
        return Reading.of(
                new Health(disks, arrays, volumes),
                disks.isEmpty() && arrays.isEmpty() && volumes.isEmpty(),
                gaps);
    }

    private static List<Volume> volumes(Capture lvs, List<Bilingual> gaps) throws Unreadable {
        if (lvs.missing()) {
            return List.of();
        }
        if (!lvs.asRoot()) {
            gaps.add(Bilingual.of("logical volumes can only be read by root", "逻辑卷只有 root 才能读取"));
            return List.of();
        }
        List<Volume> volumes = new ArrayList<>();
        for (JsonNode row : report(lvs.readable())) {
            Optional<HostText> health = text(row, "lv_health_status").map(HostText::new);
            boolean pool = row.path("lv_attr").asText().startsWith("t");
            if (pool || health.isPresent()) {
                volumes.add(
                        new Volume(
                                new HostText(row.path("lv_name").asText()),
                                new HostText(row.path("vg_name").asText()),
                                percent(lvs, row, "data_percent"),
                                percent(lvs, row, "metadata_percent"),
                                health));
            }
        }
        return volumes;
    }

    private static JsonNode report(Capture lvs) throws Unreadable {
        try {
            JsonNode rows = Json.mapper().readTree(lvs.stdout()).path("report").path(0).path("lv");
            if (rows.isArray() && !lvs.truncated()) {
                return rows;
            }
        } catch (JsonProcessingException broken) {
            throw Unreadable.line(lvs.argv(), 1, "one JSON document", lvs.stdout());
        }
        throw Unreadable.line(lvs.argv(), 1, "a report of logical volumes", lvs.stdout());
    }

    private static Optional<String> text(JsonNode row, String column) {
        return Optional.of(row.path(column).asText()).filter(text -> !text.isEmpty());
    }

    private static Optional<Percent> percent(Capture lvs, JsonNode row, String column)
            throws Unreadable {
        Optional<String> text = text(row, column);
        if (text.isPresent() && !text.get().matches("[0-9]{1,4}(\\.[0-9]+)?")) {
            throw Unreadable.line(lvs.argv(), 1, "a share as " + column, text.get());
        }
        return text.map(one -> new Percent(Double.parseDouble(one)));
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Health> reading) {
        return DiskHealthFindings.of(reading);
    }
}
