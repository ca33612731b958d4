package parley.tools.catalogue.load;

import static java.util.Objects.requireNonNull;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Finding;
import parley.tools.Means;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.Percent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How long tasks waited for a resource: the kernel's pressure stall information.
///
/// @param someAvg10 share of the last 10 s in which at least one task waited
/// @param fullAvg10 share in which all tasks waited; 0 where the kernel does not count it
public record Pressure(
        @Means(en = "resource", zh = "资源") String resource,
        @Means(en = "some, 10 s", zh = "部分等待 10 秒") Percent someAvg10,
        @Means(en = "some, 60 s", zh = "部分等待 60 秒") Percent someAvg60,
        @Means(en = "some, 300 s", zh = "部分等待 300 秒") Percent someAvg300,
        @Means(en = "full, 10 s", zh = "全部等待 10 秒") Percent fullAvg10,
        @Means(en = "full, 60 s", zh = "全部等待 60 秒") Percent fullAvg60,
        @Means(en = "full, 300 s", zh = "全部等待 300 秒") Percent fullAvg300,
        @Means(en = "evidence", zh = "出处") Finding.Lines evidence) {
    private static final Pattern FORM =
            Pattern.compile(
                    "(some|full) avg10=(\\d+\\.\\d+) avg60=(\\d+\\.\\d+) avg300=(\\d+\\.\\d+)"
                            + " total=\\d+");
    private static final Pattern ABSENT =
            Pattern.compile(
                    "cat: /proc/pressure/(\\w+): (No such file or directory|Operation not supported"
                            + "|Not supported)");
    private static final Percent NONE = new Percent(0);

    public Pressure {
        requireNonNull(resource, "resource is null");
        requireNonNull(someAvg10, "someAvg10 is null");
        requireNonNull(someAvg60, "someAvg60 is null");
        requireNonNull(someAvg300, "someAvg300 is null");
        requireNonNull(fullAvg10, "fullAvg10 is null");
        requireNonNull(fullAvg60, "fullAvg60 is null");
        requireNonNull(fullAvg300, "fullAvg300 is null");
        requireNonNull(evidence, "evidence is null");
    }

    /// The command that prints the pressure on `resources`. A kernel without it makes `cat` exit 1.
    public static Argv command(List<String> resources) {
        List<String> words = new ArrayList<>(List.of("cat"));
        resources.forEach(resource -> words.add("/proc/pressure/" + resource));
        return Argv.of(words).alsoReadableWhenExit(1);
    }

    /// What capture number `number` of [#command] says, in that order; `gaps` receives what the
    /// kernel does not tell.
    public static List<Pressure> read(
            int number, List<Capture> captures, List<String> resources, List<Bilingual> gaps)
            throws Unreadable {
        List<Line> lines = Lines.of(number, captures);
        List<String> present = new ArrayList<>(resources);
        for (Line error : Lines.errors(number, captures)) {
            present.remove(error.match(ABSENT, "a pressure file that is not there").group(1));
        }
        if (present.size() < resources.size()) {
            gaps.add(
                    Bilingual.of(
                            "this kernel does not tell how long tasks wait (no /proc/pressure)",
                            "此内核不提供任务等待时间（没有 /proc/pressure）"));
        }
        Map<String, Pressure> read = new LinkedHashMap<>();
        for (Line line : lines) {
            Matcher form = line.match(FORM, "some|full avg10= avg60= avg300= total=");
            Percent ten = line.percent(form.group(2));
            Percent sixty = line.percent(form.group(3));
            Percent threeHundred = line.percent(form.group(4));
            if (form.group(1).equals("some")) {
                if (read.size() == present.size()) {
                    throw line.refused("the pressure of " + present.size() + " resources");
                }
                String resource = present.get(read.size());
                read.put(
                        resource,
                        new Pressure(
                                resource, ten, sixty, threeHundred, NONE, NONE, NONE, line.at()));
            } else if (read.isEmpty()) {
                throw line.refused("a line that begins with some");
            } else {
                read.computeIfPresent(
                        present.get(read.size() - 1),
                        (resource, some) -> some.withFull(ten, sixty, threeHundred));
            }
        }
        if (read.size() != present.size()) {
            throw new Unreadable(
                    Bilingual.of(
                            "cat printed the pressure of {0} resources instead of {1}",
                            "cat 输出了 {0} 项压力数据，应为 {1} 项", read.size(), present.size()));
        }
        return List.copyOf(read.values());
    }

    /// The pressure on `resource` whose lines are `some` and, where the kernel counts it, `full`,
    /// each without the name of the file they came from.
    static Pressure of(String resource, Line some, Optional<Line> full) throws Unreadable {
        Matcher form = some.match(FORM, "some avg10= avg60= avg300= total=");
        Pressure pressure =
                new Pressure(
                        resource,
                        some.percent(form.group(2)),
                        some.percent(form.group(3)),
                        some.percent(form.group(4)),
                        NONE,
                        NONE,
                        NONE,
                        some.at());
        if (full.isEmpty()) {
            return pressure;
        }
        Matcher all = full.get().match(FORM, "full avg10= avg60= avg300= total=");
        return pressure.withFull(
                full.get().percent(all.group(2)),
                full.get().percent(all.group(3)),
                full.get().percent(all.group(4)));
    }

    private Pressure withFull(Percent ten, Percent sixty, Percent threeHundred) {
        return new Pressure(
                resource,
                someAvg10,
                someAvg60,
                someAvg300,
                ten,
                sixty,
                threeHundred,
                new Finding.Lines(evidence.capture(), evidence.from(), evidence.from() + 1));
    }
}
