@NullMarked
package parley.safety.record.index;

import org.jspecify.annotations.NullMarked;
