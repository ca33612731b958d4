package parley.tools;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What a tool is, for people, planners, policies and the record.
///
/// @param name `noun.verb`
/// @param risk the least a call of it does
/// @param worst the most a call of it can do; what lists show
/// @param examples what people type when they want it
public record Card(
        String name,
        String group,
        Bilingual title,
        Risk risk,
        Risk worst,
        Map<Family, Support> families,
        List<Bilingual> examples) {
    private static final Pattern NAME = Pattern.compile("[a-z]+\\.[a-z]+(_[a-z]+)*");

    public Card {
        requireNonNull(group, "group is null");
        requireNonNull(title, "title is null");
        families = Map.copyOf(families);
        examples = List.copyOf(examples);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a tool's name is noun.verb: " + name);
        }
        if (worst.compareTo(risk) < 0) {
            throw new IllegalArgumentException("the worst is less than the least: " + name);
        }
        if (examples.isEmpty()) {
            throw new IllegalArgumentException(
                    "a card needs an example of what people type: " + name);
        }
        if (families.size() != Family.values().length) {
            throw new IllegalArgumentException(
                    "a card states its support for every family: " + name);
        }
    }

    /// A card of an observing tool.
    public static Card observe(
            String name,
            String group,
            Bilingual title,
            Map<Family, Support> families,
            Bilingual... examples) {
        return new Card(
                name, group, title, Risk.OBSERVE, Risk.OBSERVE, families, List.of(examples));
    }

    /// The table of a tool proven on `proven` and written, but untested, for every other family.
    public static Map<Family, Support> provenOn(Family... proven) {
        return families(Support.UNTESTED, proven);
    }

    /// The table of a tool proven on `proven` and not supported anywhere else.
    public static Map<Family, Support> onlyOn(Family... proven) {
        return families(Support.NOT_SUPPORTED, proven);
    }

    private static Map<Family, Support> families(Support others, Family... proven) {
        Map<Family, Support> table = new EnumMap<>(Family.class);
        for (Family family : Family.values()) {
            table.put(family, others);
        }
        for (Family family : proven) {
            table.put(family, Support.PROVEN);
        }
        return table;
    }

    /// How far it is known to work on `family`.
    public Support support(Family family) {
        return requireNonNull(families.get(family));
    }
}
