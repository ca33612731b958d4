/// Composite diagnoses: pure decision procedures over readings. Readings in; further reads or
/// conclusions out.
@NullMarked
package parley.tools.diagnosis;

import org.jspecify.annotations.NullMarked;
