/// Composite diagnoses as tools of the catalogue.
@NullMarked
package parley.tools.catalogue.diagnosis;

import org.jspecify.annotations.NullMarked;
