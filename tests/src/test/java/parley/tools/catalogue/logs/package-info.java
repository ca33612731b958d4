/// Tests of the log tools.
@NullMarked
package parley.tools.catalogue.logs;

import org.jspecify.annotations.NullMarked;
