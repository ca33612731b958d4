package parley.tools;

import java.util.Optional;

/// The words for constants of enumerations, as they stand beside them ([Means]).
public final class ConstantWords {
    private ConstantWords() {}

    /// What people are shown for `constant`.
    ///
    /// @throws IllegalArgumentException when it has no words
    public static Bilingual of(Enum<?> constant) {
        return find(constant)
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                constant.getDeclaringClass().getName()
                                        + "."
                                        + constant
                                        + " has no words"));
    }

    /// What people are shown for `constant`, if it has words.
    public static Optional<Bilingual> find(Enum<?> constant) {
        try {
            return Optional.ofNullable(
                            constant.getDeclaringClass()
                                    .getField(constant.name())
                                    .getAnnotation(Means.class))
                    .map(means -> Bilingual.of(means.en(), means.zh()));
        } catch (NoSuchFieldException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
