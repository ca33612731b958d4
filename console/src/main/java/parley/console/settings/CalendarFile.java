package parley.console.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

import parley.console.turn.Calendar;
import parley.tools.Bilingual;
import parley.tools.Environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Reads `calendar.yaml`, the machine's below `/etc/parley` and this user's, which can only add:
///
/// ```
/// zone: Asia/Shanghai
/// freezes:
///   - {name: spring festival, from: 2026-02-14T00:00, until: 2026-02-24T08:00, env: [prod]}
/// windows:
///   - {name: nights, days: [mon, tue, wed, thu], from: "22:00", until: "05:00", groups: [db]}
/// locks:
///   web-1: {by: bob, reason: disk replacement, until: 2026-11-22T08:00}
/// ```
final class CalendarFile {
    private static final Path MACHINE = Path.of("/etc/parley/calendar.yaml");

    private final Path file;

    private CalendarFile(Path file) {
        this.file = file;
    }

    /// @throws BadSettings naming the file and what is wrong in it
    static Calendar load(Directories directories) throws BadSettings {
        return new CalendarFile(MACHINE)
                .read()
                .and(new CalendarFile(directories.configuration().resolve("calendar.yaml")).read());
    }

    static Calendar read(Path file) throws BadSettings {
        return new CalendarFile(file).read();
    }

    private Calendar read() throws BadSettings {
        if (!Files.exists(file)) {
            return Calendar.EMPTY;
        }
        YAMLMapper mapper =
                YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
        try {
            JsonNode yaml = mapper.readTree(Files.readString(file));
            known(yaml, Set.of("zone", "freezes", "windows", "locks"));
            List<Calendar.Freeze> freezes = new ArrayList<>();
            for (JsonNode one : yaml.path("freezes")) {
                freezes.add(freeze(one));
            }
            List<Calendar.Window> windows = new ArrayList<>();
            for (JsonNode one : yaml.path("windows")) {
                windows.add(window(one));
            }
            Map<String, Calendar.Lock> locks = new HashMap<>();
            for (Map.Entry<String, JsonNode> one : yaml.path("locks").properties()) {
                locks.put(one.getKey(), lock(one.getValue()));
            }
            return new Calendar(
                    ZoneId.of(yaml.path("zone").asText("UTC")), freezes, windows, locks);
        } catch (JsonProcessingException wrong) {
            throw bad(
                    "line " + wrong.getLocation().getLineNr() + ": " + wrong.getOriginalMessage());
        } catch (DateTimeException | IllegalArgumentException wrong) {
            throw bad(String.valueOf(wrong.getMessage()));
        } catch (IOException unreadable) {
            throw bad(unreadable.toString());
        }
    }

    private static Calendar.Freeze freeze(JsonNode one) {
        known(one, Set.of("name", "from", "until", "env", "groups", "hosts"));
        return new Calendar.Freeze(
                text(one, "name"),
                LocalDateTime.parse(text(one, "from")),
                LocalDateTime.parse(text(one, "until")),
                covered(one));
    }

    private static Calendar.Window window(JsonNode one) {
        known(one, Set.of("name", "days", "from", "until", "env", "groups", "hosts"));
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String day : texts(one, "days")) {
            days.add(day(day));
        }
        return new Calendar.Window(
                text(one, "name"),
                days.isEmpty() ? EnumSet.allOf(DayOfWeek.class) : days,
                LocalTime.parse(text(one, "from")),
                LocalTime.parse(text(one, "until")),
                covered(one));
    }

    private static DayOfWeek day(String word) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().toLowerCase(Locale.ROOT).startsWith(word) && word.length() >= 3) {
                return day;
            }
        }
        throw new IllegalArgumentException("not a day (mon, tue, …): " + word);
    }

    private static Calendar.Lock lock(JsonNode one) {
        known(one, Set.of("by", "reason", "until"));
        return new Calendar.Lock(
                text(one, "by"), text(one, "reason"), LocalDateTime.parse(text(one, "until")));
    }

    private static Calendar.Covered covered(JsonNode one) {
        Set<Environment> env = EnumSet.noneOf(Environment.class);
        for (String word : texts(one, "env")) {
            env.add(Environment.valueOf(word.toUpperCase(Locale.ROOT)));
        }
        return new Calendar.Covered(env, texts(one, "groups"), texts(one, "hosts"));
    }

    private static String text(JsonNode one, String key) {
        if (!one.path(key).isTextual()) {
            throw new IllegalArgumentException("\"" + key + "\" is missing in " + one);
        }
        return one.path(key).textValue();
    }

    private static Set<String> texts(JsonNode one, String key) {
        Set<String> texts = new TreeSet<>();
        JsonNode value = one.path(key);
        if (!value.isMissingNode() && !value.isArray()) {
            throw new IllegalArgumentException("\"" + key + "\" is a list in " + one);
        }
        value.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    /// A misspelt key would leave a freeze out without a word.
    private static void known(JsonNode one, Set<String> keys) {
        one.fieldNames()
                .forEachRemaining(key -> {
                    if (!keys.contains(key)) {
                        throw new IllegalArgumentException(
                                "there is no \""
                                        + key
                                        + "\" here; there are "
                                        + String.join(", ", new TreeSet<>(keys)));
                    }
                });
    }

    private BadSettings bad(String why) {
        return new BadSettings(Bilingual.of("{0}: {1}", "{0}：{1}", file, why));
    }
}
