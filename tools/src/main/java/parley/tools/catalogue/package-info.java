/// The allowlist, and a package for each group of tools.
@NullMarked
package parley.tools.catalogue;

import org.jspecify.annotations.NullMarked;
