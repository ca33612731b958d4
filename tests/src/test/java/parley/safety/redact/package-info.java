@NullMarked
package parley.safety.redact;

import org.jspecify.annotations.NullMarked;
