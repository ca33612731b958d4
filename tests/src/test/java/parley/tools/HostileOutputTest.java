package parley.tools;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/// Damages what real hosts printed, in many ways. A tool may read it or refuse it with
/// [Unreadable]; it may never fail otherwise.
class HostileOutputTest {
    private static final long SEED = 20261121;
    private static final int DAMAGED_COPIES = 40;

    private static final List<BiFunction<String, Random, String>> DAMAGES =
            List.of(
                    (text, random) -> text.substring(0, random.nextInt(text.length() + 1)),
                    (text, random) -> text.replaceAll("\\d+", "99999999999999999999"),
                    (text, random) -> text.replaceAll("\\d+", "9223372036854775807"),
                    (text, random) -> text.replaceAll("\\d+", "-1"),
                    (text, random) -> text.replaceAll("\\d+", ""),
                    (text, random) -> text + text,
                    (text, random) -> "",
                    (text, random) -> "\n" + text,
                    (text, random) -> text.replace(' ', '\t'),
                    (text, random) -> text.replace("\n", "\r\n"),
                    (text, random) -> text + "9 ".repeat(60_000),
                    (text, random) -> text + "\"" + "\\\"".repeat(60_000),
                    (text, random) -> "a-".repeat(60_000) + text,
                    (text, random) -> text.replace("/", "/\u202e"),
                    HostileOutputTest::withoutOneLine,
                    HostileOutputTest::withOneOtherCharacter);

    private static String withoutOneLine(String text, Random random) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        if (!lines.isEmpty()) {
            lines.remove(random.nextInt(lines.size()));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String withOneOtherCharacter(String text, Random random) {
        if (text.isEmpty()) {
            return "\0";
        }
        int place = random.nextInt(text.length());
        char other = (char) random.nextInt(0x20, 0x3000);
        return text.substring(0, place) + other + text.substring(place + 1);
    }

    @TestFactory
    Stream<DynamicTest> damagedOutputIsReadOrRefused() {
        return Recording.all().stream()
                .map(recording ->
                        DynamicTest.dynamicTest(recording.toString(), () -> attack(recording)));
    }

    private static void attack(Recording recording) {
        Call<?> call = recording.call();
        List<Capture> whole = Replay.captures(call, recording);
        Random random = new Random(SEED);
        int refused = 0;
        for (int copy = 0; copy < DAMAGED_COPIES; copy++) {
            int number = random.nextInt(whole.size());
            BiFunction<String, Random, String> damage = DAMAGES.get(copy % DAMAGES.size());
            List<Capture> damaged = new ArrayList<>(whole);
            damaged.set(
                    number,
                    with(whole.get(number), damage.apply(whole.get(number).stdout(), random)));
            refused += isRefused(call, recording.platform(), damaged) ? 1 : 0;
        }
        assertTrue(refused > 0, "not one of " + DAMAGED_COPIES + " damaged copies was refused");
    }

    private static Capture with(Capture capture, String stdout) {
        return new Capture(
                capture.argv(),
                capture.exit(),
                stdout,
                capture.stderr(),
                stdout.length(),
                capture.truncated(),
                capture.asRoot(),
                capture.midpoint(),
                capture.took());
    }

    /// Any exception but [Unreadable] fails the test.
    private static <A extends Record> boolean isRefused(
            Call<A> call, Platform platform, List<Capture> captures) {
        if (call.tool() instanceof Observation<A, ?> observation) {
            for (int sofar = 0; sofar <= captures.size(); sofar++) {
                observation.next(call.arguments(), platform, captures.subList(0, sofar));
            }
        }
        try {
            Replay.read(call, platform, captures);
            return false;
        } catch (Unreadable refused) {
            return true;
        }
    }
}
