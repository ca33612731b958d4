package parley.tools.value;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A value type written as text. Its schema is a string with this pattern.
///
/// Such a type is a record with a static `of(String)` or a canonical constructor of one `String`,
/// and a `toString` that gives back the text.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Text {
    /// The whole text must match. Kept to what Java and ECMA regular expressions share.
    String pattern();

    int most();

    /// A value of the type, for messages and documentation.
    String example();
}
