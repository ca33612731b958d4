/// Where packages come from and whether they are what was signed: repositories, keys, signatures,
/// files.
@NullMarked
package parley.tools.catalogue.supply;

import org.jspecify.annotations.NullMarked;
