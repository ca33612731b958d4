package parley.tools.catalogue.record;

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
import parley.tools.Undo;
import parley.tools.Unreadable;
import parley.tools.catalogue.logs.LogJournal;
import parley.tools.value.AnchorText;
import parley.tools.value.Count;
import parley.tools.value.NamePart;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Writes the signed head of the record into a host's journal, where whoever holds the record
/// cannot cut it. Nobody does so by itself: it is asked for and judged like any change.
///
/// Command: `logger --tag parley-anchor -- LINE`, as the user of the connection. It prints nothing;
/// exit 1 when there is no journal to take the line. Afterwards the journal is read: only a line
/// that stands there counts.
public final class RecordAnchor implements Change<RecordAnchor.Arguments, RecordAnchor.Written> {
    private static final String TAG = "parley-anchor";
    private static final Count FEW = new Count(20);

    public record Arguments(
            @Means(en = "what parley audit anchor prints", zh = "parley audit anchor 显示的内容")
                    AnchorText anchor) {
        /// The line as it stands in the journal, where `audit verify --anchors` finds it.
        String line() {
            return TAG + " " + anchor.value();
        }
    }

    /// @param entries how many entries of the record it speaks of
    public record Written(@Means(en = "entries", zh = "条目数") long entries) {}

    @Override
    public Card card() {
        return new Card(
                "record.anchor",
                "record",
                Bilingual.of(
                        "Keep the record's signed head in a host's journal", "把审计记录的签名锚写入主机日志"),
                Risk.CHANGE,
                Risk.CHANGE,
                Card.provenOn(Family.APT, Family.DNF),
                List.of(
                        Bilingual.of("anchor the record on web-1", "在 web-1 上锚定审计记录"),
                        Bilingual.of(
                                "parley audit anchor --host web-1",
                                "parley audit anchor --host web-1"),
                        Bilingual.of("anchor the audit record on db-1", "把审计记录锚定到 db-1")));
    }

    @Override
    public Class<Arguments> arguments() {
        return Arguments.class;
    }

    /// The lines of before are read, so that it shows whether the journal takes and shows them.
    @Override
    public List<Call<?>> preview(Arguments arguments) {
        return List.of(journal());
    }

    private static Call<?> journal() {
        return new Call<>(
                new LogJournal(),
                new LogJournal.Arguments(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(FEW),
                        Optional.empty(),
                        Optional.of(new NamePart(TAG))));
    }

    @Override
    public Optional<Bilingual> already(Arguments arguments, Preview preview) {
        return preview.find(LogJournal.Journal.class)
                .filter(journal -> holds(journal, arguments))
                .map(journal -> Bilingual.of("this anchor stands in the journal", "该锚已在日志中"));
    }

    private static boolean holds(LogJournal.Journal journal, Arguments arguments) {
        return journal.entries().stream()
                .anyMatch(entry -> entry.message().value().equals(arguments.line()));
    }

    @Override
    public Impact impact(Arguments arguments, Preview preview) {
        return new Impact(
                Risk.CHANGE,
                Set.of(TAG),
                Set.of(),
                Set.of(),
                List.of(
                        Bilingual.of(
                                "one line is added to the journal; nothing else changes",
                                "日志中增加一行，其他不变")),
                List.of());
    }

    @Override
    public List<Argv> commands(Arguments arguments, Preview preview) {
        return List.of(Argv.of("logger", "--tag", TAG, "--", arguments.line()));
    }

    @Override
    public Undo undo(Arguments arguments, Preview preview) {
        return Undo.impossible(
                Bilingual.of(
                        "a line in a journal is not taken back; that is what it is for",
                        "日志中的行无法收回，这正是其用途"));
    }

    @Override
    public List<Call<?>> checks(Arguments arguments, Preview preview) {
        return List.of(journal());
    }

    @Override
    public Proof proof(Arguments arguments, Preview preview, List<Observed> after) {
        return Observed.find(after, LogJournal.Journal.class)
                .map(journal ->
                        holds(journal, arguments)
                                ? new Proof(
                                        true,
                                        Bilingual.of("the anchor stands in the journal", "锚已写入日志"))
                                : new Proof(
                                        false,
                                        Bilingual.of(
                                                "the journal does not show the anchor", "日志中没有该锚")))
                .orElseGet(() ->
                        new Proof(
                                false,
                                Bilingual.of(
                                        "the journal could not be read afterwards", "事后无法读取日志")));
    }

    @Override
    public Reading<Written> read(Arguments arguments, Platform platform, List<Capture> captures)
            throws Unreadable {
        for (Capture capture : captures) {
            if (capture.exit() != 0) {
                String said = capture.stderr().lines().findFirst().orElse("");
                throw new Unreadable(
                        Bilingual.of(
                                "logger failed with exit code {0}: {1}",
                                "logger 失败，退出码 {0}：{1}", capture.exit(), said));
            }
            capture.silent();
        }
        String size = arguments.anchor().value().split(" ", -1)[1];
        return Reading.ok(new Written(Long.parseLong(size)));
    }

    @Override
    public List<Finding> findings(Arguments arguments, Reading<Written> reading) {
        long entries = reading.value().entries();
        return List.of(
                Finding.of(
                        Severity.NOTICE,
                        "logger took the anchor of {0} entries",
                        "logger 已接受 {0} 条记录的锚",
                        entries));
    }
}
