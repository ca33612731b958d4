/// Installed and available packages, one sibling class per package manager.
@NullMarked
package parley.tools.catalogue.packages;

import org.jspecify.annotations.NullMarked;
