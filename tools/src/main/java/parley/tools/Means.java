package parley.tools;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What an argument, a value type or a column of a reading means, in both languages.
///
/// On an argument it becomes the `description` of the derived schema; on a component of a reading
/// it is the heading of its column.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
public @interface Means {
    String en();

    String zh();
}
