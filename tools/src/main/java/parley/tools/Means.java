package parley.tools;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What an argument, a value type, a column of a reading or a constant in it means, in both
/// languages.
///
/// On an argument it becomes the `description` of the derived schema; on a component of a reading
/// it is the heading of its column; on a constant of an enumeration it is the word that people are
/// shown for it ([ConstantWords]).
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE, ElementType.FIELD})
public @interface Means {
    String en();

    String zh();
}
