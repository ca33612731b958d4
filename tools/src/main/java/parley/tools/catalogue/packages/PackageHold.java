package parley.tools.catalogue.packages;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Capture;
import parley.tools.Card;
import parley.tools.Change;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Finding.Severity;
import parley.tools.Means;
import parley.tools.Observed;
import parley.tools.Platform;
import parley.tools.Preview;
import parley.tools.Reading;
import parley.tools.Risk;
import parley.tools.RootCommand;
import parley.tools.Undo;
import parley.tools.Unreadable;
import parley.tools.value.BadValue;
import parley.tools.value.PackageName;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Holds packages at their version, or releases them.
///
/// Command: `apt-mark hold|unhold`, or `dnf versionlock add|delete`, as root. apt-mark ends with
/// 100 when it does not know one of the packages, after it has marked the others; versionlock ends
/// with 0 whatever it found. So names are looked up before, and the holds themselves are read
/// afterwards.
public final class PackageHold implements Change<PackageHold.Arguments, PackageHold.Marked> {
    private static final Duration TIME_LIMIT = Duration.ofSeconds(30);
    private static final int MOST_NAMES = 20;

    /// What apt-mark and versionlock print for each package: done, or so already.
    private static final Pattern DONE =
            Pattern.compile(
                    "[a-z0-9][a-z0-9.+:-]+ (?:was already )?(?:set on hold|not hold)\\."
                            + "|Canceled hold on [a-z0-9][a-z0-9.+:-]+\\."
                            + "|(?:Adding versionlock on|Deleting versionlock for|Package already"
                            + " locked in equivalent form): [!-~]+");

    /// How the packages are to be.
    public enum State {
        @Means(en = "held", zh = "已锁定")
        HELD,
        @Means(en = "released", zh = "已解除锁定")
        RELEASED
    }

    public record Arguments(
            @Means(en = "the packages", zh = "软件包") List<PackageName> names,
            @Means(en = "held, or released", zh = "held（锁定）或 released（解除）") State state) {
        public Arguments {
            names = names.stream().distinct().toList();
            if (names.isEmpty() || names.size() > MOST_NAMES) {
                throw new BadValue(
                        Bilingual.of("give 1 to {0} packages", "请给出 1 到 {0} 个软件包", MOST_NAMES));
            }
        }

        boolean holds() {
            return state == State.HELD;
        }

        String joined() {
            return names.stream().map(PackageName::value).collect(Collectors.joining(", "));
        }
    }

    /// What the package manager accepted.
    public record Marked(
            @Means(en = "packages", zh = "软件包") List<PackageName> names,
            @Means(en = "state", zh = "状态") State state) {
        public Marked {
            names = List.copyOf(names);
        }
    }

    @Override
    public Card card() {
        return new Card(
                "package.hold",
                "packages",
                Bilingual.of("Hold packages at their version, or release them", "锁定或解除锁定软件包版本"),
                Risk.CHANGE,
                Risk.CHANGE,
                Card.onlyOn(Family.APT, Family.DNF),
                List.of(
                        Bilingual.of("hold nginx on web-1", "把 web-1 的 nginx 锁定在当前版本"),
                        Bilingual.of("pin redis on cache-1", "锁定 cache-1 的 redis"),
                        Bilingual.of("unhold nginx on web-1", "解除 web-1 上 nginx 的锁定")));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(
                RootCommand.of("apt-mark {{hold||unhold}} -- <package>..."),
                Dnf.rootCommand("versionlock {{add||delete}} -- <package>..."));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public List<Call<?>> preview(Arguments arguments) {
        return List.of(look(arguments));
    }

    private static Call<?> look(Arguments arguments) {
        return new Call<>(
                new PackageHolds(), new PackageHolds.Arguments(Optional.of(arguments.names())));
    }

    @Override
    public Impact impact(Arguments arguments, Preview preview) {
        Set<String> names = new HashSet<>();
        arguments.names().forEach(name -> names.add(name.value()));
        List<Bilingual> lines = new ArrayList<>();
        List<Bilingual> obstacles = new ArrayList<>();
        Optional<HeldPackages> before = preview.find(HeldPackages.class);
        if (before.isPresent()) {
            obstacles.addAll(obstacles(arguments, before.get()));
            for (PackageName name : arguments.names()) {
                if (before.get().isHeld(name.value()) == arguments.holds()) {
                    lines.add(already(name, arguments.holds()));
                }
            }
        } else {
            obstacles.add(Bilingual.of("what is held now could not be read", "读不到当前的锁定情况"));
        }
        lines.add(
                arguments.holds()
                        ? Bilingual.of(
                                "held packages get no security updates either, until they are"
                                        + " released",
                                "锁定期间这些软件包也不会收到安全更新，直到解除锁定")
                        : Bilingual.of(
                                "from the next upgrade on they are upgraded like all others",
                                "此后升级时它们会与其他软件包一样被升级"));
        return new Impact(Risk.CHANGE, names, Set.of(), Set.of(), lines, obstacles);
    }

    private static Bilingual already(PackageName name, boolean held) {
        return held
                ? Bilingual.of(name + " is held already", name + " 已处于锁定状态")
                : Bilingual.of(name + " is not held", name + " 本来就没有锁定");
    }

    private static List<Bilingual> obstacles(Arguments arguments, HeldPackages before) {
        List<Bilingual> obstacles = new ArrayList<>();
        for (PackageName name : arguments.names()) {
            boolean known =
                    before.isInstalled(name.value())
                            || (!arguments.holds() && before.isHeld(name.value()));
            if (!known) {
                obstacles.add(
                        Bilingual.of(
                                name
                                        + " is not installed on this host, so there is no version"
                                        + " to "
                                        + (arguments.holds() ? "hold" : "release"),
                                "该主机没有安装 "
                                        + name
                                        + "，没有可"
                                        + (arguments.holds() ? "锁定" : "解除锁定")
                                        + "的版本"));
            }
        }
        boolean nothing =
                arguments.names().stream()
                        .allMatch(name -> before.isHeld(name.value()) == arguments.holds());
        if (nothing && obstacles.isEmpty()) {
            obstacles.add(
                    arguments.holds()
                            ? Bilingual.of(
                                    arguments.joined() + ": held already, nothing to do",
                                    arguments.joined() + "：已经锁定，无需操作")
                            : Bilingual.of(
                                    arguments.joined() + ": not held, nothing to do",
                                    arguments.joined() + "：没有锁定，无需操作"));
        }
        return obstacles;
    }

    @Override
    public List<Argv> commands(Arguments arguments, Preview preview) {
        List<String> words = new ArrayList<>();
        if (preview.family() == Family.DNF) {
            words.addAll(List.of("dnf", "-q", "-C", "--setopt=exit_on_lock=True", "versionlock"));
            words.add(arguments.holds() ? "add" : "delete");
        } else {
            words.addAll(List.of("apt-mark", arguments.holds() ? "hold" : "unhold"));
        }
        words.add("--");
        arguments.names().forEach(name -> words.add(name.value()));
        return List.of(Argv.of(words).asRoot().within(TIME_LIMIT));
    }

    @Override
    public Undo undo(Arguments arguments, Preview preview) {
        Optional<HeldPackages> before = preview.find(HeldPackages.class);
        List<PackageName> changed =
                arguments.names().stream()
                        .filter(name ->
                                before.isEmpty()
                                        || before.get().isHeld(name.value()) != arguments.holds())
                        .toList();
        if (changed.isEmpty()) {
            return Undo.byHand(Bilingual.of("nothing would be changed", "不会有任何改变"));
        }
        State opposite = arguments.holds() ? State.RELEASED : State.HELD;
        Arguments back = new Arguments(changed, opposite);
        return Undo.by(
                new Call<>(this, back),
                arguments.holds()
                        ? Bilingual.of(
                                "release them again (package.hold, released): " + back.joined(),
                                "重新解除锁定（package.hold，released）：" + back.joined())
                        : Bilingual.of(
                                "hold them again, at the version installed then (package.hold,"
                                        + " held): {0}",
                                "重新锁定（package.hold，held），版本为届时已安装的版本：{0}", back.joined()));
    }

    @Override
    public List<Call<?>> checks(Arguments arguments, Preview preview) {
        return List.of(look(arguments));
    }

    @Override
    public Proof proof(Arguments arguments, Preview preview, List<Observed> after) {
        Optional<HeldPackages> now = Observed.find(after, HeldPackages.class);
        if (now.isEmpty()) {
            return new Proof(
                    false, Bilingual.of("what is held was not read afterwards", "操作之后没有读到锁定情况"));
        }
        List<PackageName> not =
                arguments.names().stream()
                        .filter(name -> now.get().isHeld(name.value()) != arguments.holds())
                        .toList();
        if (not.isEmpty()) {
            return new Proof(
                    true,
                    arguments.holds()
                            ? Bilingual.of(
                                    arguments.joined() + ": held now", arguments.joined() + "：现已锁定")
                            : Bilingual.of(
                                    arguments.joined() + ": no longer held",
                                    arguments.joined() + "：已解除锁定"));
        }
        String names = not.stream().map(PackageName::value).collect(Collectors.joining(", "));
        return new Proof(
                false,
                arguments.holds()
                        ? Bilingual.of(names + ": still not held", names + "：仍未锁定")
                        : Bilingual.of(names + ": still held", names + "：仍处于锁定状态"));
    }

    @Override
    public Reading<Marked> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        Capture capture = captures.getFirst();
        Optional<String> refusal =
                capture.stderr()
                        .lines()
                        .filter(line ->
                                line.startsWith("E: ") || line.startsWith("No package found for: "))
                        .findFirst();
        if (refusal.isPresent()) {
            String program = capture.argv().program();
            throw new Unreadable(
                    Bilingual.of("{0} refused: {1}", "{0} 拒绝执行：{1}", program, refusal.get()));
        }
        List<String> lines = capture.readable().lines();
        for (int index = 0; index < lines.size(); index++) {
            if (!DONE.matcher(lines.get(index)).matches()) {
                throw Unreadable.line(
                        capture.argv(), index + 1, "a package held or released", lines.get(index));
            }
        }
        if (lines.isEmpty()) {
            throw Unreadable.line(capture.argv(), 1, "a package held or released", "");
        }
        return Reading.ok(new Marked(arguments.names(), arguments.state()));
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Marked> reading) {
        String names = arguments.joined();
        return List.of(
                arguments.holds()
                        ? Finding.of(
                                Severity.NOTICE,
                                "the package manager was told to hold: " + names,
                                "已要求包管理器锁定：" + names)
                        : Finding.of(
                                Severity.NOTICE,
                                "the package manager was told to release: " + names,
                                "已要求包管理器解除锁定：" + names));
    }
}
