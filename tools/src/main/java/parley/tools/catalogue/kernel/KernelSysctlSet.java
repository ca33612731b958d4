package parley.tools.catalogue.kernel;

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
import parley.tools.value.HostText;
import parley.tools.value.SysctlKey;
import parley.tools.value.SysctlValue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Sets a kernel parameter, until the next boot or, with `persist`, beyond it.
///
/// Command: `sysctl -w KEY=VALUE` as root, which prints what it set; with `persist` a fixed `awk`
/// program writes one line into a file of its own in `/etc/sysctl.d`, with `forget` that file is
/// removed. Exit 1 or 255 means that the kernel refused. The check reads the parameter again, and
/// the files that set it.
public final class KernelSysctlSet
        implements Change<KernelSysctlSet.Arguments, KernelSysctlSet.Accepted> {
    /// Writes `KEY = VALUE` into the file, as one line.
    private static final String WRITE = "BEGIN { printf \"%s = %s\\n\", k, v > f }";

    public record Arguments(
            @Means(en = "the parameter", zh = "参数") SysctlKey key,
            @Means(en = "its new value", zh = "新值") SysctlValue value,
            @Means(en = "keep it beyond the next boot", zh = "重启后仍然生效") Optional<Boolean> persist,
            @Means(
                            en =
                                    "remove what persist wrote earlier, so that the next boot does"
                                            + " not set it",
                            zh = "删除先前 persist 写入的配置，使下次启动不再设置")
                    Optional<Boolean> forget) {
        public Arguments {
            SysctlRules.refusal(key)
                    .ifPresent(why -> {
                        throw new BadValue(why);
                    });
            if (persist.orElse(false) && forget.orElse(false)) {
                throw new BadValue(
                        Bilingual.of(
                                "give \"persist\" or \"forget\", not both",
                                "“persist”与“forget”只能给一个"));
            }
        }

        boolean persists() {
            return persist.orElse(false);
        }

        boolean forgets() {
            return forget.orElse(false);
        }
    }

    /// What the kernel accepted.
    public record Accepted(
            @Means(en = "parameter", zh = "参数") String key,
            @Means(en = "value", zh = "值") HostText value) {}

    @Override
    public Card card() {
        return new Card(
                "kernel.sysctl_set",
                "kernel",
                Bilingual.of("Change a kernel parameter", "修改内核参数"),
                Risk.CHANGE,
                Risk.CHANGE,
                Card.onlyOn(Family.APT, Family.DNF),
                List.of(
                        Bilingual.of(
                                "set vm.swappiness to 10 on db-1", "把 db-1 的 vm.swappiness 设为 10"),
                        Bilingual.of(
                                "set net.core.somaxconn to 1024 on web-3",
                                "把 web-3 的 net.core.somaxconn 设为 1024"),
                        Bilingual.of(
                                "set vm.swappiness to 30 on batch-1",
                                "把 batch-1 的 vm.swappiness 设为 30")));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    private static Call<?> look(Arguments arguments) {
        return new Call<>(new KernelInfo(), KernelInfo.Arguments.of(arguments.key()));
    }

    @Override
    public List<Call<?>> preview(Arguments arguments) {
        return List.of(look(arguments));
    }

    private static Optional<KernelParameter> before(Arguments arguments, Preview preview) {
        return preview.find(KernelFacts.class)
                .flatMap(facts -> facts.parameter(arguments.key().value()));
    }

    @Override
    public Impact impact(Arguments arguments, Preview preview) {
        return SysctlImpact.of(arguments, before(arguments, preview));
    }

    @Override
    public Optional<Bilingual> already(Arguments arguments, Preview preview) {
        return before(arguments, preview)
                .filter(parameter -> SysctlImpact.holds(arguments, parameter))
                .map(parameter ->
                        Bilingual.of(
                                "{0} is {1} already",
                                "{0} 已经是 {1}", arguments.key(), arguments.value()));
    }

    @Override
    public List<Argv> commands(Arguments arguments, Preview preview) {
        List<Argv> commands = new ArrayList<>();
        commands.add(
                Argv.of("sysctl", "-w", "--", arguments.key() + "=" + arguments.value()).asRoot());
        String file = SysctlRules.file(arguments.key());
        if (arguments.persists()) {
            commands.add(
                    Argv.of(
                                    "awk",
                                    "-v",
                                    "f=" + file,
                                    "-v",
                                    "k=" + arguments.key(),
                                    "-v",
                                    "v=" + arguments.value(),
                                    WRITE)
                            .asRoot());
        }
        if (arguments.forgets()) {
            commands.add(Argv.of("rm", "-f", "--", file).asRoot());
        }
        return commands;
    }

    @Override
    public List<RootCommand> rootCommands() {
        return SysctlRules.rootCommands(WRITE);
    }

    @Override
    public List<Call<?>> again(Arguments arguments) {
        return List.of(look(arguments));
    }

    @Override
    public Optional<Bilingual> drift(Arguments arguments, Preview approved, List<Observed> now) {
        Optional<KernelParameter> then = before(arguments, approved);
        Optional<KernelParameter> today =
                Observed.find(now, KernelFacts.class)
                        .flatMap(facts -> facts.parameter(arguments.key().value()));
        boolean same =
                then.flatMap(KernelParameter::value).equals(today.flatMap(KernelParameter::value));
        return same
                ? Optional.empty()
                : Optional.of(
                        Bilingual.of(
                                "{0} was changed by somebody since it was looked at",
                                "查看之后，{0} 已被他人修改", arguments.key()));
    }

    @Override
    public Undo undo(Arguments arguments, Preview preview) {
        return SysctlImpact.undo(arguments, before(arguments, preview));
    }

    @Override
    public List<Call<?>> checks(Arguments arguments, Preview preview) {
        return List.of(look(arguments));
    }

    @Override
    public Proof proof(Arguments arguments, Preview preview, List<Observed> after) {
        return SysctlImpact.proof(
                arguments,
                Observed.find(after, KernelFacts.class)
                        .flatMap(facts -> facts.parameter(arguments.key().value())));
    }

    @Override
    public Reading<Accepted> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        String said = captures.getFirst().readable().stdout().strip();
        String expected = arguments.key() + " = " + arguments.value();
        if (!said.replaceAll("\\s+", " ").equals(expected)) {
            throw Unreadable.line(captures.getFirst().argv(), 1, expected, said);
        }
        for (Capture capture : captures.subList(1, captures.size())) {
            capture.silent();
        }
        return Reading.ok(
                new Accepted(arguments.key().value(), new HostText(arguments.value().value())));
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Accepted> reading) {
        String what = arguments.key() + " = " + arguments.value();
        return List.of(
                Finding.of(Severity.NOTICE, "the kernel took " + what, "内核已接受 " + what).at(1, 1));
    }
}
