/// Tests of diagnoses: procedures over readings, from recordings and from what programs print.
@NullMarked
package parley.tools.diagnosis;

import org.jspecify.annotations.NullMarked;
