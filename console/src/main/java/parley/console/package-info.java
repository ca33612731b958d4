/// The entrance.
@NullMarked
package parley.console;

import org.jspecify.annotations.NullMarked;
