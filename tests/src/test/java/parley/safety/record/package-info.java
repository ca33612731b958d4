/// Evidence about the record: real files, real fsync, real processes, real damage.
@NullMarked
package parley.safety.record;

import org.jspecify.annotations.NullMarked;
