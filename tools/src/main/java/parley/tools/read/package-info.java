/// Strict shared readers: every line is read or refused.
@NullMarked
package parley.tools.read;

import org.jspecify.annotations.NullMarked;
