package parley.safety.policy;

import parley.tools.Environment;
import parley.tools.Risk;

import java.util.Collections;
import java.util.Set;
import java.util.regex.Pattern;

/// The shipped rules, read once more by a person and written plainly: how much evidence a question
/// needs. It knows nothing of Cedar, and shares nothing with what is tested.
final class ReferenceEvaluator {
    /// No evidence is enough.
    static final int NO = 4;

    private static final Pattern LIFELINE =
            Pattern.compile(
                    "(ssh|network|networking|NetworkManager)\\..*|sshd[.@].*", Pattern.DOTALL);
    private static final Pattern TOUCHY =
            Pattern.compile(
                    "(firewalld|nftables)\\..*|openssh-server.*|/etc/ssh/.*|/etc/sudoers.*"
                            + "|/etc/pam\\.d/.*|/etc/fstab",
                    Pattern.DOTALL);
    private static final Pattern POWER =
            Pattern.compile(
                    "(debug-shell|emergency|rescue|reboot|soft-reboot|poweroff|halt|kexec|shutdown"
                            + "|suspend|hibernate|ctrl-alt-del)\\..*|runlevel.*",
                    Pattern.DOTALL);
    private static final Pattern VITAL =
            Pattern.compile(
                    "(systemd|dbus|libc6|glibc|linux-image|kernel|openssh-server|dnf|cloud-init"
                            + "|network-manager|NetworkManager).*"
                            + "|apk-tools|apt|base-files|bash|coreutils|dpkg|login|musl|openrc|rpm"
                            + "|sudo|util-linux|yum|zypper",
                    Pattern.DOTALL);
    private static final Pattern SECRET =
            Pattern.compile(
                    "/etc/g?shadow.*|/etc/ssh/ssh_host_.*_key|/etc/ssl/private/.*|.*/\\.ssh/.*"
                            + "|.*/id_(rsa|ecdsa|ed25519)|.*\\.key|/proc/.*",
                    Pattern.DOTALL);
    private static final Set<String> OUTBOUND =
            Set.of(
                    "cert.endpoint",
                    "diag.run",
                    "dns.check",
                    "fleet.reach",
                    "net.path",
                    "net.probe");

    private ReferenceEvaluator() {}

    static int rung(PolicyQuestion question) {
        return switch (question.kind()) {
            case RUN -> permitted(question) && !refused(question) ? needed(question) : NO;
            case APPROVE ->
                    question.roles().contains("approver")
                                    && !question.person().equals(question.requester())
                            ? 0
                            : NO;
            case SHOW ->
                    question.host().modelAllowed()
                                    && !question.tool().equals("file.read")
                                    && !question.tool().startsWith("security.")
                            ? 0
                            : NO;
        };
    }

    private static boolean changes(PolicyQuestion question) {
        return question.effect() != Risk.OBSERVE;
    }

    private static boolean contents(PolicyQuestion question) {
        return question.tool().equals("file.read") || question.tool().startsWith("security.");
    }

    private static boolean permitted(PolicyQuestion question) {
        Set<String> roles = question.roles();
        return roles.contains("operator")
                || (!changes(question) && roles.contains("viewer"))
                || (!changes(question) && roles.contains("reader") && contents(question));
    }

    private static boolean refused(PolicyQuestion question) {
        PolicyQuestion.Facts facts = question.facts();
        boolean reader = question.roles().contains("reader");
        boolean inspectsEnvironment =
                question.tool().equals("process.inspect")
                        && (facts.arguments().contains("env=true")
                                || facts.arguments().contains("include=env"));
        boolean outbound = OUTBOUND.contains(question.tool());
        return (contents(question) && !reader)
                || (inspectsEnvironment && !reader)
                || (Set.of("file.read", "file.deploy", "log.file").contains(question.tool())
                        && SECRET.matcher(facts.object()).matches())
                || (outbound && facts.textOrigins().contains("output"))
                || (facts.cloudMetadata() && (outbound || changes(question)))
                || protectedObject(question)
                || (changes(question)
                        && (!facts.purpose().equals("call")
                                || facts.sourceOrigins().contains("output")
                                || refusedNow(question)));
    }

    private static boolean protectedObject(PolicyQuestion question) {
        String object = question.facts().object();
        boolean off =
                !Collections.disjoint(
                        question.facts().arguments(), Set.of("state=disabled", "state=masked"));
        boolean removed =
                question.facts().foreseen().removes().contains(object)
                        || question.tool().equals("package.remove")
                        || question.tool().equals("package.undo");
        return switch (question.tool()) {
                    case "service.stop" ->
                            LIFELINE.matcher(object).matches()
                                    || ours(object)
                                    || POWER.matcher(object).matches();
                    case "service.set_boot" ->
                            (off && LIFELINE.matcher(object).matches())
                                    || ours(object)
                                    || POWER.matcher(object).matches();
                    case "service.restart" -> ours(object) || POWER.matcher(object).matches();
                    case "service.start" -> POWER.matcher(object).matches();
                    case "service.set_limits" -> ours(object);
                    default -> false;
                }
                || (changes(question) && removed && VITAL.matcher(object).matches());
    }

    private static boolean ours(String object) {
        return object.startsWith("systemd-") || object.startsWith("dbus");
    }

    /// Of a change: what the calendar and the declarations refuse.
    private static boolean refusedNow(PolicyQuestion question) {
        Situation now = question.facts().situation();
        boolean emergency = question.roles().contains("emergency") && !now.ticket().isEmpty();
        return (now.freeze() && !now.freezeOverride())
                || (now.freezeOverride() && !emergency)
                || (now.breakGlass() && !emergency)
                || (!now.breakGlass() && (now.outsideWindow() || now.lockedByOther()));
    }

    private static int needed(PolicyQuestion question) {
        boolean second = needsSecond(question) && !question.facts().situation().breakGlass();
        if (second) {
            return 3;
        }
        if (!changes(question)) {
            boolean unsaid = question.facts().textOrigins().contains("model");
            return OUTBOUND.contains(question.tool()) && unsaid ? 1 : 0;
        }
        return needsTyping(question) ? 2 : 1;
    }

    private static boolean production(PolicyQuestion question) {
        return question.host().environment() == Environment.PROD;
    }

    private static boolean unsaid(PolicyQuestion question) {
        Set<String> origins = question.facts().origins();
        return origins.contains("model") || origins.contains("output");
    }

    private static boolean needsSecond(PolicyQuestion question) {
        PolicyQuestion.Facts facts = question.facts();
        boolean removal = question.tool().equals("package.remove");
        if (!changes(question)) {
            return production(question) && removal;
        }
        boolean disruptive = question.effect().compareTo(Risk.DISRUPTIVE) >= 0;
        return question.effect() == Risk.DESTRUCTIVE
                || (facts.foreseen().untouched() == 0 && facts.hosts() > 1)
                || (production(question)
                        && (removal
                                || !facts.foreseen().removes().isEmpty()
                                || facts.foreseen().reboots()
                                || unsaid(question)
                                || (disruptive && facts.largePartOfGroup())
                                || facts.situation().changesLastHour() >= 50));
    }

    private static boolean needsTyping(PolicyQuestion question) {
        PolicyQuestion.Facts facts = question.facts();
        Situation now = facts.situation();
        return production(question)
                || question.effect().compareTo(Risk.DISRUPTIVE) >= 0
                || unsaid(question)
                || facts.outputRead()
                || facts.foreseen().restarts() > 3
                || now.freezeOverride()
                || now.breakGlass()
                || now.failuresLastHour() >= 3
                || LIFELINE.matcher(facts.object()).matches()
                || TOUCHY.matcher(facts.object()).matches();
    }
}
