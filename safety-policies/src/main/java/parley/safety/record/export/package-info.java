/// The record for others: a bundle that proves itself and its completeness offline, forms for other
/// programs, and a page for people.
@NullMarked
package parley.safety.record.export;

import org.jspecify.annotations.NullMarked;
