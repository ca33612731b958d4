package parley.tools.catalogue.kernel;

import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Change.Impact;
import parley.tools.Change.Proof;
import parley.tools.Risk;
import parley.tools.Undo;
import parley.tools.catalogue.kernel.KernelSysctlSet.Arguments;
import parley.tools.value.BadValue;
import parley.tools.value.HostText;
import parley.tools.value.SysctlValue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What setting a kernel parameter means, the way back, and whether it took.
final class SysctlImpact {
    private SysctlImpact() {}

    static Impact of(Arguments arguments, Optional<KernelParameter> before) {
        List<Bilingual> lines = new ArrayList<>();
        List<Bilingual> obstacles = new ArrayList<>();
        String key = arguments.key().value();
        Optional<HostText> value = before.flatMap(KernelParameter::value);
        if (value.isEmpty()) {
            obstacles.add(
                    Bilingual.of(
                            "what {0} is now could not be read, so it could not be put back",
                            "读不到 {0} 的当前值，无法保证能够恢复", key));
        } else {
            lines.add(Bilingual.of("{0} is {1} now", "{0} 当前为 {1}", key, value.get()));
        }
        List<HostText> others = before.map(one -> others(arguments, one)).orElse(List.of());
        String files = others.stream().map(HostText::value).collect(Collectors.joining(", "));
        if (arguments.persists()) {
            lines.add(
                    Bilingual.of(
                            "it is written to "
                                    + SysctlRules.file(arguments.key())
                                    + (files.isEmpty() ? "" : ", which comes after " + files),
                            "写入 "
                                    + SysctlRules.file(arguments.key())
                                    + (files.isEmpty() ? "" : "，排在 " + files + " 之后")));
        } else {
            lines.add(
                    Bilingual.of(
                            "it holds until the next boot"
                                    + (files.isEmpty() ? "" : "; then it is set by " + files),
                            "有效至下次启动" + (files.isEmpty() ? "" : "；之后由 " + files + " 设置")));
        }
        return new Impact(Risk.CHANGE, Set.of(key), Set.of(), Set.of(), lines, obstacles);
    }

    /// The files that set it, other than ours.
    private static List<HostText> others(Arguments arguments, KernelParameter parameter) {
        String own = SysctlRules.file(arguments.key()) + ": ";
        return parameter.setBy().stream().filter(file -> !file.value().startsWith(own)).toList();
    }

    private static boolean isKept(Arguments arguments, KernelParameter parameter) {
        return parameter.setBy().size() > others(arguments, parameter).size();
    }

    /// Whether it is so already: the value, and whether the next boot sets it.
    static boolean holds(Arguments arguments, KernelParameter parameter) {
        boolean value =
                parameter
                        .value()
                        .filter(now -> now.value().equals(arguments.value().value()))
                        .isPresent();
        String kept = SysctlRules.file(arguments.key()) + ": " + arguments.value();
        boolean isWritten = parameter.setBy().stream().anyMatch(file -> file.value().equals(kept));
        return value
                && (!arguments.persists() || isWritten)
                && (!arguments.forgets() || !isKept(arguments, parameter));
    }

    static Undo undo(Arguments arguments, Optional<KernelParameter> before) {
        Optional<HostText> old = before.flatMap(KernelParameter::value);
        if (old.isEmpty()) {
            return Undo.impossible(
                    Bilingual.of("the value that it has now could not be read", "读不到当前值，无法恢复"));
        }
        boolean kept = before.filter(one -> isKept(arguments, one)).isPresent();
        try {
            Arguments back =
                    new Arguments(
                            arguments.key(),
                            new SysctlValue(old.get().value()),
                            Optional.of(kept),
                            Optional.of(!kept && arguments.persists()));
            return Undo.by(
                    new Call<>(new KernelSysctlSet(), back),
                    Bilingual.of(
                            "set "
                                    + arguments.key()
                                    + " to "
                                    + old.get()
                                    + " again"
                                    + (kept ? ", also for the next boots" : ""),
                            "将 "
                                    + arguments.key()
                                    + " 恢复为 "
                                    + old.get()
                                    + (kept ? "，并用于以后的启动" : "")));
        } catch (BadValue strange) {
            return Undo.byHand(
                    Bilingual.of(
                            "sysctl -w {0}=\"{1}\"",
                            "sysctl -w {0}=\"{1}\"", arguments.key(), old.get()));
        }
    }

    static Proof proof(Arguments arguments, Optional<KernelParameter> after) {
        if (after.isEmpty()) {
            return new Proof(
                    false, Bilingual.of("the parameter was not read afterwards", "操作之后没有读到该参数"));
        }
        String key = arguments.key().value();
        String now = after.get().value().map(HostText::value).orElse("?");
        if (holds(arguments, after.get())) {
            return new Proof(
                    true,
                    Bilingual.of(
                            key
                                    + " is "
                                    + now
                                    + " now"
                                    + (arguments.persists() ? " and at the next boots" : ""),
                            key + " 现为 " + now + (arguments.persists() ? "，以后启动也生效" : "")));
        }
        return new Proof(
                false,
                Bilingual.of(
                        "{0} is {1} now, not as asked for: {2}",
                        "{0} 现为 {1}，与要求的 {2} 不符", key, now, arguments.value()));
    }
}
