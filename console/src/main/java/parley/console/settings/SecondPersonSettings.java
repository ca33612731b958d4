package parley.console.settings;

import parley.console.approvals.AllowedSigners;
import parley.console.approvals.ApprovalFolder;
import parley.console.approvals.UnusableFolder;
import parley.console.turn.SecondPersons;
import parley.safety.gate.Actor;
import parley.tools.Bilingual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How a second person is asked, from what `config.yaml` says.
final class SecondPersonSettings {
    private static final Pattern DURATION = Pattern.compile("([1-9][0-9]{0,4})([smhd])");
    private static final Duration ANSWER = Duration.ofHours(8);
    private static final Duration RUN = Duration.ofHours(1);

    /// Whoever may write the list of signers decides who may approve.
    private static final int WRITABLE_BY_OTHERS = 022;

    private SecondPersonSettings() {}

    static Optional<SecondPersons> of(Optional<Settings.Approvals> settings, boolean managed)
            throws BadSettings {
        if (settings.isEmpty()) {
            return Optional.empty();
        }
        Settings.Approvals given = settings.get();
        try {
            return Optional.of(
                    new SecondPersons(
                            ApprovalFolder.open(given.directory(), "root"),
                            new AllowedSigners(
                                    signers(given.allowedSigners()),
                                    person -> actor(person, managed)),
                            duration(given.answerWithin(), ANSWER),
                            duration(given.runWithin(), RUN)));
        } catch (UnusableFolder unusable) {
            throw new BadSettings(unusable.why());
        }
    }

    /// Somebody whose roles cannot be read has none.
    private static Actor actor(String person, boolean managed) {
        try {
            return Roles.actor(person, managed);
        } catch (BadSettings unreadable) {
            return new Actor(person, java.util.Set.of());
        }
    }

    private static Path signers(Path file) throws BadSettings {
        try {
            int mode = (Integer) Files.getAttribute(file, "unix:mode");
            if ((mode & WRITABLE_BY_OTHERS) != 0) {
                throw bad(file, "may be written by others (chmod go-w)", "可被他人写入（chmod go-w）");
            }
            return file;
        } catch (IOException unreadable) {
            throw bad(file, "cannot be read", "无法读取");
        }
    }

    private static BadSettings bad(Path file, String en, String zh) {
        return new BadSettings(
                Bilingual.of("the allowed signers {0} {1}", "签名者文件 {0} {2}", file, en, zh));
    }

    static Duration duration(Optional<String> text, Duration standard) throws BadSettings {
        if (text.isEmpty()) {
            return standard;
        }
        Matcher matcher = DURATION.matcher(text.get());
        if (!matcher.matches()) {
            throw new BadSettings(
                    Bilingual.of(
                            "not a duration: \"{0}\"; write 30m, 8h or 1d",
                            "不是时长：“{0}”；请写 30m、8h 或 1d", text.get()));
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
