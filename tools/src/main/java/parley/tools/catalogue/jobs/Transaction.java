package parley.tools.catalogue.jobs;

import parley.tools.Argv;
import parley.tools.Bilingual;
import parley.tools.Call;
import parley.tools.Capture;
import parley.tools.Following;
import parley.tools.Observed;
import parley.tools.Preview;
import parley.tools.RootCommand;
import parley.tools.Unreadable;
import parley.tools.read.HostTime;
import parley.tools.value.Count;
import parley.tools.value.HostText;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How long work is started on a host so that it ends by itself whatever becomes of us: as the
/// transient unit `parley-tx.service`, never inside the connection.
///
/// There is one such unit a host. Starting a second one fails, so the unit is the lock between
/// several Parleys; its description says who holds it. It is a `oneshot` unit: while the work goes
/// on its start job is queued, so that clearing away (`--job-mode=fail`) can never hit running work
/// of somebody else, and the journal says of every end that it was one. It stays after its end
/// until it is cleared away. A stop, by [JobCancel] or because the host shuts down, reaches the
/// program as the interrupt that apt and dnf put off until their packages are whole.
public final class Transaction {
    /// The one unit that every transaction of a host is.
    public static final String UNIT = "parley-tx.service";

    /// What every description begins with.
    static final String OURS = "Parley: ";

    /// The oldest systemd this was written for, that of Enterprise Linux 8.
    static final int LEAST_SYSTEMD = 239;

    private static final int MOST_SAID = 200;

    private static final List<String> BEGIN =
            List.of("systemd-run", "--no-ask-password", "--no-block", "--quiet", "--unit=" + UNIT);

    private static final List<String> PROPERTIES =
            List.of(
                    "--property=Type=oneshot",
                    "--property=RemainAfterExit=yes",
                    "--property=TimeoutStartSec=infinity",
                    "--property=KillMode=mixed",
                    "--property=KillSignal=SIGINT",
                    "--property=TimeoutStopSec=900");
    private static final List<String> ENVIRONMENT =
            List.of("LC_ALL=C", "HOME=/root", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "TERM=dumb");

    private Transaction() {}

    /// Looks whether a transaction is running, and how the last one ended: the first call of every
    /// preview of a change that is a transaction.
    public static List<Call<?>> preview() {
        return List.of(
                new Call<>(
                        new JobStatus(),
                        new JobStatus.Arguments(Optional.empty(), Optional.of(new Count(20)))));
    }

    /// Why no transaction can begin now: another one is running. Goes into `Impact.obstacle`.
    public static List<Bilingual> obstacle(Preview preview) {
        return preview.find(JobState.class)
                .filter(state -> state.state() == JobState.State.RUNNING)
                .map(Transaction::busy)
                .map(List::of)
                .orElse(List.of());
    }

    private static Bilingual busy(JobState state) {
        String what = state.what().map(HostText::value).orElse(UNIT);
        String since = state.started().map(HostTime::spoken).orElse("-");
        String id = state.id().map(HostText::value).orElse("-");
        String who = state.holder().map(one -> one.value() + ": ").orElse("");
        return Bilingual.of(
                "another transaction is running on this host ({0}{1}, since {2}, job {3}); look"
                        + " with job.status, and ask again when it has ended",
                "该主机上正在执行另一个事务（{0}{1}，开始于 {2}，任务 {3}）；可用 job.status 查看，结束后再提出请求",
                who,
                what,
                since,
                id);
    }

    /// Everything that starts the work: clearing away what an ended transaction left, whose end the
    /// preview has read, and the start itself.
    public static List<Argv> commands(
            Preview preview, String what, List<String> environment, List<String> words) {
        List<Argv> commands = new ArrayList<>();
        if (preview.find(JobState.class).filter(JobState::waitsToBeCleared).isPresent()) {
            commands.addAll(clear());
        }
        commands.add(start(preview, what, environment, words));
        return List.copyOf(commands);
    }

    /// Starts the work and comes back at once.
    ///
    /// Exit 1 with "already loaded" means that another transaction began meanwhile.
    ///
    /// @param what what it does, for people: `install nginx`
    /// @param environment `NAME=value`, beside the cleaned environment every transaction gets
    /// @param words the program and its arguments; systemd-run would expand `$`, so none may come
    ///   in
    public static Argv start(
            Preview preview, String what, List<String> environment, List<String> words) {
        if (words.isEmpty()) {
            throw new IllegalArgumentException("a transaction has a program");
        }
        List<String> all = new ArrayList<>(BEGIN);
        // No space within either: sudo compares all words as one text, and what stands behind a
        // space could be sent as a word of its own.
        String holder = said(preview.holder()).replace(' ', '_');
        all.add("--description=" + OURS + holder + ": " + said(what).replace(' ', ','));
        all.addAll(PROPERTIES);
        for (List<String> part : List.of(ENVIRONMENT, environment)) {
            for (String variable : part) {
                if (!variable.matches("[A-Z_]+=.*")) {
                    throw new IllegalArgumentException("not NAME=value: " + variable);
                }
                all.add("--setenv=" + plain(variable));
            }
        }
        all.add("--");
        words.forEach(word -> all.add(plain(word)));
        return Argv.of(all).asRoot();
    }

    /// Clears away a transaction that has ended, well or not. One that is running is left alone:
    /// the stop is refused (exit 4) while its start job is queued. Exit 5 and 1 mean that nothing
    /// was left.
    static List<Argv> clear() {
        return List.of(
                Argv.of(
                                "systemctl",
                                "--no-ask-password",
                                "--no-pager",
                                "--job-mode=fail",
                                "stop",
                                "--",
                                UNIT)
                        .asRoot()
                        .alsoReadableWhenExit(4, 5),
                Argv.of("systemctl", "--no-ask-password", "--no-pager", "reset-failed", "--", UNIT)
                        .asRoot()
                        .alsoReadableWhenExit(1));
    }

    /// Stops the running work and waits until it has ended; a finished unit is cleared away by it.
    /// Exit 5 means that nothing was there.
    public static Argv stop() {
        return Argv.of("systemctl", "--no-ask-password", "--no-pager", "stop", "--", UNIT)
                .asRoot()
                .within(Duration.ofMinutes(1));
    }

    /// How the work is followed to its end. The first look's id names the work.
    public static Following following() {
        return new TransactionFollowing();
    }

    /// What the first look of [#following], or any other look among `after`, said of the work.
    public static Optional<JobState> state(List<Observed> after) {
        return Observed.find(after, JobState.class);
    }

    /// Reads the captures of [#commands].
    ///
    /// @throws Unreadable saying why the work did not begin
    public static Started read(List<Capture> captures) throws Unreadable {
        Capture start = captures.getLast();
        boolean taken =
                start.stderr().contains(UNIT + " already exists")
                        || start.stderr().contains(UNIT + " was already loaded");
        if (start.exit() == 1 && taken) {
            throw new Unreadable(
                    Bilingual.of(
                            "another transaction began on this host meanwhile, so nothing was"
                                    + " started; job.status says whose",
                            "该主机上已有另一个事务抢先开始，本次没有启动；用 job.status 可查看是谁的"));
        }
        for (Capture capture : captures) {
            capture.silent();
        }
        return new Started(new HostText(UNIT));
    }

    /// The form of [#start] for these words, and those of clearing away what ended.
    ///
    /// @param words forms of the program and its arguments
    public static List<RootCommand> rootCommands(List<String> environment, List<String> words) {
        List<RootCommand> forms = new ArrayList<>();
        for (String each : words) {
            List<String> all = new ArrayList<>(BEGIN);
            all.add("--description=" + OURS + "<holder>: <said>");
            all.addAll(PROPERTIES);
            ENVIRONMENT.forEach(variable -> all.add("--setenv=" + variable));
            environment.forEach(variable -> all.add("--setenv=" + variable));
            forms.add(RootCommand.of(String.join(" ", all) + " -- " + each));
        }
        clear().forEach(argv -> forms.add(RootCommand.of(String.join(" ", argv.words()))));
        return List.copyOf(forms);
    }

    private static String plain(String word) {
        if (word.indexOf('$') >= 0 || word.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "systemd-run would not take this word as it is: " + word);
        }
        return word;
    }

    /// One line of plain words: what hosts show to others is never markup, nor longer than a line.
    private static String said(String text) {
        String line = text.replaceAll("[\\p{Cntrl}$%\\\\\"]+", " ").strip();
        return line.length() <= MOST_SAID ? line : line.substring(0, MOST_SAID) + "…";
    }
}
