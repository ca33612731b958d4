@NullMarked
package parley.safety.record.export;

import org.jspecify.annotations.NullMarked;
