/// Tools about processors, memory and processes.
@NullMarked
package parley.tools.catalogue.load;

import org.jspecify.annotations.NullMarked;
