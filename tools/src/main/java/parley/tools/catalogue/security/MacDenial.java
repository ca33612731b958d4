package parley.tools.catalogue.security;

import static java.util.Objects.requireNonNull;

import parley.tools.Means;
import parley.tools.catalogue.logs.JournalEntry;
import parley.tools.value.HostText;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What SELinux or AppArmor denied a program, however often.
///
/// @param program the command that was denied
/// @param subject its SELinux context or AppArmor profile
/// @param target the SELinux context of what it wanted; empty with AppArmor
/// @param operation what it wanted to do: SELinux permissions, or AppArmor's operation
/// @param path what it wanted it with: a path, a name, a port
/// @param enforced whether it was really stopped; else it was only written down
/// @param line where the first stands in its capture, the first line being 1
public record MacDenial(
        @Means(en = "program", zh = "程序") HostText program,
        @Means(en = "subject", zh = "主体") HostText subject,
        @Means(en = "target", zh = "目标上下文") HostText target,
        @Means(en = "operation", zh = "操作") HostText operation,
        @Means(en = "object", zh = "对象") HostText path,
        @Means(en = "stopped", zh = "已阻止") boolean enforced,
        @Means(en = "times", zh = "次数") long count,
        @Means(en = "first", zh = "首次") Instant first,
        @Means(en = "last", zh = "最近") Instant last,
        @Means(en = "line", zh = "行") long line) {
    private static final Pattern SELINUX =
            Pattern.compile("avc:\\s+denied\\s+\\{ ([a-z_ ]{1,200}) \\} for ");
    private static final Pattern APPARMOR = Pattern.compile("apparmor=\"(DENIED|ALLOWED)\"");

    public MacDenial {
        requireNonNull(program, "program is null");
        requireNonNull(subject, "subject is null");
        requireNonNull(target, "target is null");
        requireNonNull(operation, "operation is null");
        requireNonNull(path, "path is null");
        requireNonNull(first, "first is null");
        requireNonNull(last, "last is null");
    }

    /// The denial that one entry tells of; empty when it tells of none.
    static Optional<MacDenial> of(JournalEntry entry) {
        String text = entry.message().value();
        Matcher selinux = SELINUX.matcher(text);
        if (selinux.find()) {
            return Optional.of(
                    at(
                            entry,
                            field(text, "comm"),
                            field(text, "scontext"),
                            field(text, "tcontext"),
                            selinux.group(1).strip() + " (" + field(text, "tclass") + ")",
                            first(text, "path", "name", "dest", "src"),
                            !field(text, "permissive").equals("1")));
        }
        Matcher apparmor = APPARMOR.matcher(text);
        return apparmor.find()
                ? Optional.of(
                        at(
                                entry,
                                field(text, "comm"),
                                field(text, "profile"),
                                "",
                                field(text, "operation"),
                                first(text, "name", "capname", "addr"),
                                apparmor.group(1).equals("DENIED")))
                : Optional.empty();
    }

    private static MacDenial at(
            JournalEntry entry,
            String program,
            String subject,
            String target,
            String operation,
            String path,
            boolean enforced) {
        return new MacDenial(
                new HostText(program),
                new HostText(subject),
                new HostText(target),
                new HostText(operation),
                new HostText(path),
                enforced,
                1,
                entry.time(),
                entry.time(),
                entry.line());
    }

    /// The value of `name=value` or `name="value"`; empty when it is not there.
    private static String field(String text, String name) {
        Matcher field =
                Pattern.compile("(?:^|\\s)" + name + "=(?:\"([^\"]{0,400})\"|(\\S{1,400}))")
                        .matcher(text);
        if (!field.find()) {
            return "";
        }
        return field.group(1) == null ? field.group(2) : field.group(1);
    }

    private static String first(String text, String... names) {
        for (String name : names) {
            String value = field(text, name);
            if (!value.isEmpty()) {
                return value;
            }
        }
        return "";
    }

    boolean isLike(MacDenial other) {
        return program.equals(other.program)
                && subject.equals(other.subject)
                && target.equals(other.target)
                && operation.equals(other.operation)
                && path.equals(other.path)
                && enforced == other.enforced;
    }

    MacDenial andAt(Instant time) {
        return new MacDenial(
                program, subject, target, operation, path, enforced, count + 1, first, time, line);
    }
}
