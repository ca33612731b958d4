/// Certificates: in files, and as servers present them.
@NullMarked
package parley.tools.catalogue.certificates;

import org.jspecify.annotations.NullMarked;
