/// Every call is judged here; only what comes out as a permit can run.
@NullMarked
package parley.safety.gate;

import org.jspecify.annotations.NullMarked;
