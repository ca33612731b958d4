package parley.tools.catalogue.security;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Capture;
import parley.tools.Card;
import parley.tools.Family;
import parley.tools.Finding;
import parley.tools.Next;
import parley.tools.Observation;
import parley.tools.Platform;
import parley.tools.Reading;
import parley.tools.RootCommand;
import parley.tools.Unreadable;
import parley.tools.read.Line;
import parley.tools.read.Lines;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Who can log in, and who can become root.
///
/// Source: `getent passwd`; `/etc/shadow` by a fixed `awk` program that prints whether a password
/// is set, locked or missing and when the account ends, never the hash; `authorized_keys` by
/// `grep`, shown as fingerprints; `sudo -l -U` for each account that can log in, at most twelve;
/// `visudo -c`. Never empty. Without root, passwords, keys and rules stay unknown and the reading
/// is partial. Accounts of a directory service that does not list them are missing.
public final class SecurityAccess implements Observation<SecurityAccess.Arguments, Access> {
    private static final int MOST_ACCOUNTS = 12;
    static final Pattern PASSWD =
            Pattern.compile("([^:]{1,256}):[^:]*:(\\d{1,10}):(\\d{1,10}):([^:]*):([^:]*):([^:]*)");
    private static final Pattern NO_SHELL =
            Pattern.compile(".*/(nologin|false|sync|halt|shutdown)");

    /// Field 2 as a word; then the day on which the account ends.
    private static final String SHADOW =
            "{s=\"set\"; if ($2 == \"\") s=\"none\"; else if ($2 ~ /^[!*]/) s=\"locked\";"
                    + " print $1 \":\" s \":\" $8}";

    public record Arguments() {}

    static Argv accounts() {
        return Argv.of("getent", "passwd").keeping(1024 * 1024);
    }

    static Argv passwords() {
        return Argv.of("awk", "-F:", SHADOW, "/etc/shadow")
                .betterAsRoot()
                .alsoReadableWhenExit(1, 2)
                .keeping(1024 * 1024);
    }

    static Argv sound() {
        return Argv.of("visudo", "-c").betterAsRoot().alsoReadableWhenExit(1, 127);
    }

    /// The lines of the key files that are no comments, with the file's name and NUL before each.
    static Argv keys(List<Login> logins) {
        List<String> words =
                new ArrayList<>(List.of("grep", "-a", "-H", "-Z", "-e", "^[^#]", "--"));
        for (Login login : logins) {
            words.add(login.home() + "/.ssh/authorized_keys");
            words.add(login.home() + "/.ssh/authorized_keys2");
        }
        return Argv.of(words).betterAsRoot().alsoReadableWhenExit(1, 2);
    }

    static Argv sudo(String user) {
        return Argv.of("sudo", "-n", "-l", "-U", user).asRoot().alsoReadableWhenExit(1);
    }

    /// An account that can log in or is root by its number.
    record Login(String user, long uid, String home, String shell, int line) {}

    @Override
    public Card card() {
        return Card.observe(
                "security.access",
                "security",
                Bilingual.of("Who can log in, and who can become root", "谁能登录、谁能提权"),
                Card.provenOn(Family.APT, Family.DNF),
                Bilingual.of("who can become root on db-1", "db-1 上谁能提权到 root"),
                Bilingual.of("which users have sudo on web-1", "web-1 上谁能提权"),
                Bilingual.of("list all users of lb-1", "列出 lb-1 的所有用户"));
    }

    @Override
    public List<RootCommand> rootCommands() {
        return List.of(
                RootCommand.of(
                        "awk -F: {s=\"set\"; if ($2 == \"\") s=\"none\"; else if ($2 ~ /^[!*]/)"
                                + " s=\"locked\"; print $1 \":\" s \":\" $8} /etc/shadow"),
                RootCommand.of("visudo -c"),
                RootCommand.of(
                        "grep -a -H -Z -e ^[^#] --" + " <~/[^ ]*/\\.ssh/authorized_keys2?>..."),
                RootCommand.of("sudo -n -l -U <~[a-z_]([a-z0-9_.-]{0,30}[a-z0-9_])?>"));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    @Override
    public Next next(Arguments arguments, Platform platform, List<Capture> soFar) {
        return Next.known(soFar, () -> commands(soFar));
    }

    private static List<Argv> commands(List<Capture> soFar) throws Unreadable {
        List<Argv> commands = new ArrayList<>(List.of(accounts(), passwords(), sound()));
        if (soFar.isEmpty()) {
            return commands;
        }
        List<Login> logins = asked(logins(soFar));
        commands.add(keys(logins));
        boolean root = soFar.size() > 1 && soFar.get(1).asRoot();
        if (root) {
            logins.stream()
                    .filter(login -> login.uid() != 0)
                    .forEach(login -> commands.add(sudo(login.user())));
        }
        return commands;
    }

    /// The accounts that can log in, root first.
    static List<Login> logins(List<Capture> captures) throws Unreadable {
        List<Login> logins = new ArrayList<>();
        for (Line line : Lines.of(1, captures)) {
            Matcher row = line.match(PASSWD, "seven fields of an account");
            long uid = line.whole(row.group(2));
            String shell = row.group(6);
            if (uid == 0 || !NO_SHELL.matcher(shell).matches()) {
                logins.add(new Login(row.group(1), uid, row.group(5), shell, line.number()));
            }
        }
        return List.copyOf(logins);
    }

    /// Those that more is asked about: what is named by letters and lives in a folder.
    static List<Login> asked(List<Login> logins) {
        return logins.stream()
                .filter(login -> login.user().matches("[A-Za-z_][A-Za-z0-9_.-]{0,31}"))
                .filter(login -> login.home().matches("/[\\w./-]{1,200}"))
                .limit(MOST_ACCOUNTS)
                .toList();
    }

    @Override
    public Reading<Access> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        return AccessReading.of(captures);
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Access> reading) {
        return AccessFindings.of(reading);
    }
}
