/// Evidence about the verifier on its own: published vectors, never the writer's output alone.
@NullMarked
package parley.safety.record.verify;

import org.jspecify.annotations.NullMarked;
