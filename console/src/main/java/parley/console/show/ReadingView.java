package parley.console.show;

import org.jspecify.annotations.Nullable;

import parley.safety.gate.Sanitiser;
import parley.tools.ConstantWords;
import parley.tools.Finding;
import parley.tools.Language;
import parley.tools.Means;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Any reading as lines for a terminal: single values as `heading: value`, lists of records as
/// tables. Headings come from the reading itself, so a new tool needs nothing here.
public final class ReadingView {
    /// More rows than a person reads; JSON output has them all.
    public static final int MOST_ROWS = 25;

    private static final int FEWEST_SAMPLES = 4;
    private static final int WIDEST_SPARK = 24;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private final Language language;
    private final int columns;
    private final Ink ink;

    public ReadingView(Language language, int columns, Ink ink) {
        this.language = language;
        this.columns = columns;
        this.ink = ink;
    }

    public List<String> lines(Record reading) {
        List<String> lines = new ArrayList<>();
        for (RecordComponent component : reading.getClass().getRecordComponents()) {
            Object value = isPlace(component) ? null : unwrap(get(component, reading));
            switch (value) {
                case null -> {}
                case Collection<?> list when list.isEmpty() -> {}
                case Collection<?> list
                        when list.iterator().next() instanceof Record row && !isValue(row) ->
                        table(component, list, lines);
                case Collection<?> list -> lines.add(one(component, text(list)));
                case Record nested when !isValue(nested) -> {
                    lines.add(heading(component) + ":");
                    lines(nested).forEach(line -> lines.add("  " + line));
                }
                default -> lines.add(one(component, text(value)));
            }
        }
        return lines;
    }

    private void table(RecordComponent list, Collection<?> rows, List<String> lines) {
        List<Record> records = rows.stream().map(Record.class::cast).toList();
        RecordComponent[] components = records.getFirst().getClass().getRecordComponents();
        List<RecordComponent> shown =
                java.util.Arrays.stream(components)
                        .filter(component -> !isPlace(component))
                        .filter(component ->
                                records.stream()
                                        .anyMatch(row -> !text(get(component, row)).isEmpty()))
                        .toList();
        List<String> headings = shown.stream().map(this::heading).toList();
        List<Boolean> right = shown.stream().map(ReadingView::isNumber).toList();
        List<List<String>> cells = new ArrayList<>();
        for (Record row : records.subList(0, Math.min(MOST_ROWS, records.size()))) {
            cells.add(shown.stream().map(component -> text(get(component, row))).toList());
        }
        lines.add(heading(list) + " (" + records.size() + ")");
        lines.addAll(TableView.lines(headings, right, cells, columns));
        if (records.size() > MOST_ROWS) {
            int rest = records.size() - MOST_ROWS;
            lines.add(
                    switch (language) {
                        case EN -> "… and " + rest + " more; --output json has all";
                        case ZH -> "……另有 " + rest + " 行；--output json 给出全部";
                    });
        }
    }

    private String one(RecordComponent component, String value) {
        return Width.cut(
                heading(component) + (language == Language.EN ? ": " : "：") + value,
                Math.max(columns, 20));
    }

    private String heading(RecordComponent component) {
        @Nullable Means means = component.getAnnotation(Means.class);
        if (means == null) {
            return component.getName();
        }
        return switch (language) {
            case EN -> means.en();
            case ZH -> means.zh();
        };
    }

    private static @Nullable Object get(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException(
                    "a reading is a public record: " + record.getClass().getName(), broken);
        }
    }

    private static @Nullable Object unwrap(@Nullable Object value) {
        return value instanceof Optional<?> optional ? optional.orElse(null) : value;
    }

    /// A record of one component that has a text of its own: `Bytes`, `Percent`, `UnitName`.
    private static boolean isValue(Record record) {
        return record.getClass().getPackageName().equals("parley.tools.value");
    }

    /// Where in the output something stood: the answer cites it, a table does not.
    private static boolean isPlace(RecordComponent component) {
        return component.getGenericType().getTypeName().contains(Finding.Lines.class.getName());
    }

    private static boolean isNumber(RecordComponent component) {
        Class<?> type = component.getType();
        String name = component.getGenericType().getTypeName();
        return (type.isPrimitive() && type != boolean.class)
                || name.contains("value.Bytes")
                || name.contains("value.Percent")
                || name.contains("value.Port")
                || name.contains("value.Pid")
                || name.contains("java.lang.Integer")
                || name.contains("java.lang.Long");
    }

    private String text(@Nullable Object raw) {
        return switch (unwrap(raw)) {
            case null -> "";
            case Boolean yes ->
                    yes
                            ? (language == Language.EN ? "yes" : "是")
                            : language == Language.EN ? "no" : "否";
            case Enum<?> constant ->
                    ConstantWords.find(constant)
                            .map(word -> word.in(language))
                            .orElseGet(() -> Sanitiser.line(constant.toString()));
            case Instant time -> TIME.format(time);
            case Duration duration -> duration(duration);
            case List<?> list when isSamples(list) -> spark(list);
            case Collection<?> list ->
                    list.stream().map(this::text).collect(Collectors.joining(", "));
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .map(entry -> text(entry.getKey()) + "=" + text(entry.getValue()))
                            .sorted()
                            .collect(Collectors.joining(", "));
            case Object value -> Sanitiser.line(value.toString());
        };
    }

    /// Figures in the order of time: nobody reads so many, and their shape says more.
    private static boolean isSamples(List<?> list) {
        return list.size() >= FEWEST_SAMPLES && list.stream().allMatch(Double.class::isInstance);
    }

    private String spark(List<?> list) {
        List<Double> values = list.stream().map(Double.class::cast).toList();
        double most = values.stream().mapToDouble(one -> one).max().orElse(0);
        return ink.spark(values, most, WIDEST_SPARK);
    }

    /// The two largest units: `3d 4h`, `12m 5s`, `850ms`.
    static String duration(Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            return duration.toMillis() + "ms";
        }
        String[] units = {"d", "h", "m", "s"};
        long[] parts = {
            duration.toDays(),
            duration.toHoursPart(),
            duration.toMinutesPart(),
            duration.toSecondsPart()
        };
        int first = 0;
        while (parts[first] == 0) {
            first++;
        }
        String text = parts[first] + units[first];
        return first + 1 < parts.length && parts[first + 1] > 0
                ? text + " " + parts[first + 1] + units[first + 1]
                : text;
    }
}
