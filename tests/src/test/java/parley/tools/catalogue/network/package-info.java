/// Tests of the network tools.
@NullMarked
package parley.tools.catalogue.network;

import org.jspecify.annotations.NullMarked;
