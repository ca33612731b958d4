/// The kernel and the boot of a host: parameters, old code that still runs, boots, and rebooting.
@NullMarked
package parley.tools.catalogue.kernel;

import org.jspecify.annotations.NullMarked;
