/// Tools about a host itself: what it is and which dialect it speaks.
@NullMarked
package parley.tools.catalogue.host;

import org.jspecify.annotations.NullMarked;
