/// Tools about disks and file systems.
@NullMarked
package parley.tools.catalogue.storage;

import org.jspecify.annotations.NullMarked;
