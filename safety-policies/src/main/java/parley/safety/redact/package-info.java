/// Takes secrets out of texts before they are recorded or shown to a model.
@NullMarked
package parley.safety.redact;

import org.jspecify.annotations.NullMarked;
