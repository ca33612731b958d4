/// Attacks that must fail: hostile arguments, hostile output, a model that obeys it, files changed
/// behind our back.
@NullMarked
package parley.attacks;

import org.jspecify.annotations.NullMarked;
