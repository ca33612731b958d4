package parley.tools.catalogue.security;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Reading;
import parley.tools.Unreadable;
import parley.tools.catalogue.security.Account.PasswordState;
import parley.tools.catalogue.security.SecurityAccess.Login;
import parley.tools.read.Captures;
import parley.tools.read.Line;
import parley.tools.read.Lines;
import parley.tools.value.HostText;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads what [SecurityAccess] ran.
final class AccessReading {
    private static final Pattern SHADOW =
            Pattern.compile("([^:]{1,256}):(set|locked|none):(\\d{0,7})");
    private static final Pattern KEY_LINE = Pattern.compile("(/[^\\x00]{1,400})\\x00(.*)");
    private static final String MAY_RUN = "may run the following commands";

    /// How an account's password stands.
    private record Shadow(PasswordState state, Optional<LocalDate> expires) {}

    private AccessReading() {}

    static Reading<Access> of(List<Capture> captures) throws Unreadable {
        List<Login> logins = SecurityAccess.logins(captures);
        List<Login> asked = SecurityAccess.asked(logins);
        List<Bilingual> gaps = new ArrayList<>();
        Map<String, Shadow> shadows = shadows(captures, gaps);
        Map<String, List<AuthorizedKey>> keys = keys(asked, captures, gaps);
        if (asked.size() < logins.size()) {
            int left = logins.size() - asked.size();
            gaps.add(
                    Bilingual.of(
                            "keys and sudo rules of {0} more accounts were not asked for",
                            "另有 {0} 个账号的密钥和 sudo 规则未查询", left));
        }
        List<Account> accounts = new ArrayList<>();
        for (Login login : logins) {
            Shadow shadow =
                    shadows.getOrDefault(
                            login.user(), new Shadow(PasswordState.UNKNOWN, Optional.empty()));
            accounts.add(
                    new Account(
                            new HostText(login.user()),
                            login.uid(),
                            new HostText(login.shell()),
                            shadow.state(),
                            shadow.expires(),
                            keys.getOrDefault(login.user(), List.of()),
                            rules(login, captures),
                            login.line()));
        }
        int all = Lines.of(1, captures).size();
        return Reading.of(new Access(accounts, all - logins.size(), fault(captures, gaps)), gaps);
    }

    private static Map<String, Shadow> shadows(List<Capture> captures, List<Bilingual> gaps)
            throws Unreadable {
        Argv argv = SecurityAccess.passwords();
        Capture capture = Captures.need(captures, argv).readable();
        if (capture.exit() != 0) {
            gaps.add(
                    Bilingual.of(
                            "without root it cannot be seen which passwords are set",
                            "没有 root 权限，无法得知哪些账号设有密码"));
            return Map.of();
        }
        Map<String, Shadow> shadows = new HashMap<>();
        for (Line line : Lines.of(Captures.number(captures, argv), captures)) {
            Matcher row = line.match(SHADOW, "an account and the state of its password");
            PasswordState state =
                    switch (row.group(2)) {
                        case "set" -> PasswordState.SET;
                        case "locked" -> PasswordState.LOCKED;
                        default -> PasswordState.NONE;
                    };
            shadows.put(row.group(1), new Shadow(state, day(line, row.group(3))));
        }
        return shadows;
    }

    private static Optional<LocalDate> day(Line line, String days) throws Unreadable {
        try {
            return days.isEmpty()
                    ? Optional.empty()
                    : Optional.of(LocalDate.ofEpochDay(line.whole(days)));
        } catch (DateTimeException noDay) {
            throw line.refused("days since 1970");
        }
    }

    private static Map<String, List<AuthorizedKey>> keys(
            List<Login> asked, List<Capture> captures, List<Bilingual> gaps) throws Unreadable {
        Argv argv = SecurityAccess.keys(asked);
        Capture capture = Captures.need(captures, argv).readable();
        if (capture.stderr().contains("Permission denied")) {
            gaps.add(
                    Bilingual.of(
                            "the keys of other users may not be read by this login",
                            "当前登录用户无权读取其他用户的登录密钥"));
        }
        Map<String, List<AuthorizedKey>> keys = new HashMap<>();
        for (Line line : Lines.of(Captures.number(captures, argv), captures)) {
            Matcher row = line.match(KEY_LINE, "a file and a line of it");
            for (Login login : asked) {
                if (row.group(1).startsWith(login.home() + "/.ssh/")) {
                    AuthorizedKey.of(row.group(2))
                            .ifPresent(key ->
                                    keys.computeIfAbsent(login.user(), ignored -> new ArrayList<>())
                                            .add(key));
                }
            }
        }
        return keys;
    }

    /// The rules that sudo lists below "may run the following commands".
    private static List<HostText> rules(Login login, List<Capture> captures) throws Unreadable {
        Argv argv = SecurityAccess.sudo(login.user());
        int number = Captures.number(captures, argv);
        if (number == 0) {
            return List.of();
        }
        List<HostText> rules = new ArrayList<>();
        boolean below = false;
        for (Line line : Lines.of(number, captures)) {
            if (below && !line.text().isBlank()) {
                rules.add(new HostText(line.text().strip()));
            }
            below |= line.text().contains(MAY_RUN);
        }
        return rules;
    }

    /// What `visudo -c` complains of first; it also minds who may write its files.
    private static Optional<HostText> fault(List<Capture> captures, List<Bilingual> gaps)
            throws Unreadable {
        Capture capture = Captures.need(captures, SecurityAccess.sound());
        boolean missing = capture.exit() == 127 || capture.stderr().contains("command not found");
        if (missing || !capture.asRoot()) {
            gaps.add(Bilingual.of("the rules of sudo could not be seen", "看不到 sudo 的规则"));
            return Optional.empty();
        }
        if (capture.readable().exit() == 0) {
            return Optional.empty();
        }
        return Optional.of(
                Stream.concat(capture.stderr().lines(), capture.stdout().lines())
                        .filter(line -> !line.endsWith("parsed OK") && !line.isBlank())
                        .findFirst()
                        .map(HostText::new)
                        .orElse(new HostText("visudo -c: 1")));
    }
}
