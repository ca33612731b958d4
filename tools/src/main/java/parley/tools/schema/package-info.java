/// Arguments as records, as JSON Schema and as JSON: derived, in both directions, never written by
/// hand.
@NullMarked
package parley.tools.schema;

import org.jspecify.annotations.NullMarked;
